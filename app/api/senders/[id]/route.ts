import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { updateSenderSchema } from '@/modules/sending/schema';
import { updateSender } from '@/modules/sending/settings-service';

/** Changes a sender; `archived: true` puts it away, `false` brings it back. */
export const PATCH = route(
  { access: 'admin', params: idParams, body: updateSenderSchema },
  async ({ ctx, params, body }) => {
    await updateSender(ctx, params.id, body);
    return noContent();
  },
);
