import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listMailboxes } from '@/modules/mailboxes/queries';

/** The workspace's mailboxes, and which settings are missing. */
export const GET = route({ access: 'query' }, async ({ ctx }) =>
  ok(await listMailboxes(ctx.supabase, ctx.workspaceId)),
);
