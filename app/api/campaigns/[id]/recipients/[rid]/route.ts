import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { recipientParams, updateRecipientSchema } from '@/modules/campaigns/schema';
import { setRecipientEmail } from '@/modules/campaigns/service';

/** Another of the person's addresses. */
export const PATCH = route(
  { access: 'member', params: recipientParams, body: updateRecipientSchema },
  async ({ ctx, params, body }) => {
    await setRecipientEmail(ctx, params.id, params.rid, body.email_id);
    return noContent();
  },
);
