import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParamsSchema } from '@/modules/workspaces/schema';
import { memberOf, switchWorkspace } from '@/modules/workspaces/service';

export const POST = route({ access: 'user', params: idParamsSchema }, async ({ ctx, params }) => {
  await switchWorkspace(await memberOf(ctx, params.id, 'member'));
  return noContent();
});
