import { created } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { holdByHandSchema } from '@/modules/calling/schema';
import { holdByHand } from '@/modules/calling/service';
import { idParams } from '@/modules/records/schema';

/** Sets a number aside: `{ id }` of the hold. */
export const POST = route(
  { access: 'member', params: idParams, body: holdByHandSchema },
  async ({ ctx, params, body }) => created(await holdByHand(ctx, params.id, body.until)),
);
