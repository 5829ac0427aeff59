import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { createInvitation } from '@/modules/workspaces/invitations';
import { listInvitations } from '@/modules/workspaces/queries';
import { createInvitationSchema } from '@/modules/workspaces/schema';

export const GET = route({ access: 'admin' }, async ({ ctx }) =>
  ok({ items: await listInvitations(ctx.supabase, ctx.workspaceId) }),
);

export const POST = route({ access: 'admin', body: createInvitationSchema }, async ({ ctx, body }) =>
  created(await createInvitation(ctx, body)),
);
