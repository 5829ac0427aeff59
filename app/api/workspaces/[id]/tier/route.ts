import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParamsSchema, tierSchema } from '@/modules/workspaces/schema';
import { memberOf, setTier } from '@/modules/workspaces/service';

/** Puts the workspace on another tier; its owners alone may. */
export const PUT = route(
  { access: 'user', params: idParamsSchema, body: tierSchema },
  async ({ ctx, params, body }) => ok(await setTier(await memberOf(ctx, params.id, 'owner'), body.tier)),
);
