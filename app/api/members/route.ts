import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listMembers } from '@/modules/workspaces/queries';

export const GET = route({ access: 'member' }, async ({ ctx }) =>
  ok({ items: await listMembers(ctx.supabase, ctx.workspaceId) }),
);
