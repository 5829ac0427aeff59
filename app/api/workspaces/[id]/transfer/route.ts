import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParamsSchema, transferSchema } from '@/modules/workspaces/schema';
import { memberOf, transferOwnership } from '@/modules/workspaces/service';

export const POST = route(
  { access: 'user', params: idParamsSchema, body: transferSchema },
  async ({ ctx, params, body }) => {
    await transferOwnership(await memberOf(ctx, params.id, 'owner'), body.user_id);
    return noContent();
  },
);
