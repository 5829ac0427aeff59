import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParamsSchema, memberRoleSchema } from '@/modules/workspaces/schema';
import { changeRole, removeMember } from '@/modules/workspaces/service';

export const PATCH = route(
  { access: 'admin', params: idParamsSchema, body: memberRoleSchema },
  async ({ ctx, params, body }) => ok(await changeRole(ctx, params.id, body.role)),
);

export const DELETE = route({ access: 'admin', params: idParamsSchema }, async ({ ctx, params }) => {
  await removeMember(ctx, params.id);
  return noContent();
});
