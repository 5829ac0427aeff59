import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { claimSchema } from '@/modules/calling/schema';
import { claimPhone, releasePhone } from '@/modules/calling/service';
import { idParams } from '@/modules/records/schema';

/** Claims the number for two minutes, or renews the claim: `{ claim }`; 409 with who has it and until when. */
export const POST = route(
  { access: 'member', params: idParams, body: claimSchema },
  async ({ ctx, params, body }) => ok({ claim: await claimPhone(ctx, params.id, body.take_over) }),
);

/** Gives the number back. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await releasePhone(ctx, params.id);
  return noContent();
});
