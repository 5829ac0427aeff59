import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { resendInvitation } from '@/modules/workspaces/invitations';
import { idParamsSchema } from '@/modules/workspaces/schema';

export const POST = route({ access: 'admin', params: idParamsSchema }, async ({ ctx, params }) =>
  ok(await resendInvitation(ctx, params.id)),
);
