import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { remindMe } from '@/modules/workspaces/invitations';
import { idParamsSchema } from '@/modules/workspaces/schema';

export const POST = route({ access: 'user', params: idParamsSchema }, async ({ ctx, params }) => {
  await remindMe(ctx, params.id);
  return noContent();
});
