import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { getVerification } from '@/modules/verification/queries';
import { updateVerificationSchema } from '@/modules/verification/schema';
import { removeCard, updateVerification } from '@/modules/verification/service';

/** A card with its property, owner, score and moves. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getVerification(ctx.supabase, ctx.workspaceId, params.id)),
);

/** Changes owner, assignee or score inputs: `{ card }` as the board shows it now. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateVerificationSchema },
  async ({ ctx, params, body }) => ok({ card: await updateVerification(ctx, params.id, body) }),
);

/** Takes the card off the board; its property stays. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await removeCard(ctx, params.id);
  return noContent();
});
