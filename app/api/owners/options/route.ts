import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listFilterOptions } from '@/modules/records/queries';

/** What the filters offer: `{ values, members }`. */
export const GET = route({ access: 'member' }, async ({ ctx }) =>
  ok(await listFilterOptions(ctx.supabase, ctx.workspaceId, 'owners')),
);
