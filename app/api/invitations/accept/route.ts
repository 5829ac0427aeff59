import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { acceptInvitation } from '@/modules/workspaces/invitations';
import { invitationTokenSchema } from '@/modules/workspaces/schema';

export const POST = route({ access: 'user', body: invitationTokenSchema }, async ({ ctx, body }) =>
  ok(await acceptInvitation(ctx, body.token)),
);
