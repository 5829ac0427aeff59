import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParamsSchema, updateWorkspaceSchema } from '@/modules/workspaces/schema';
import { memberOf, updateWorkspace } from '@/modules/workspaces/service';

export const PATCH = route(
  { access: 'user', params: idParamsSchema, body: updateWorkspaceSchema },
  async ({ ctx, params, body }) => ok(await updateWorkspace(await memberOf(ctx, params.id, 'admin'), body)),
);
