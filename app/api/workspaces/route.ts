import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getAccount } from '@/modules/workspaces/queries';
import { createWorkspaceSchema } from '@/modules/workspaces/schema';
import { createWorkspace } from '@/modules/workspaces/service';

export const GET = route({ access: 'user' }, async ({ ctx }) => {
  const { workspaces } = await getAccount(ctx.supabase);
  return ok({ items: workspaces });
});

export const POST = route({ access: 'user', body: createWorkspaceSchema }, async ({ ctx, body }) =>
  created(await createWorkspace(ctx, body)),
);
