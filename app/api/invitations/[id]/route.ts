import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { revokeInvitation } from '@/modules/workspaces/invitations';
import { idParamsSchema } from '@/modules/workspaces/schema';

export const DELETE = route({ access: 'admin', params: idParamsSchema }, async ({ ctx, params }) => {
  await revokeInvitation(ctx, params.id);
  return noContent();
});
