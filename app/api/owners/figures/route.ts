import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getOwnerFigures } from '@/modules/owners/queries';

/** The figures above the list: `{ owners, contacted, due, with_card }`. */
export const GET = route({ access: 'query' }, async ({ ctx }) =>
  ok(await getOwnerFigures(ctx.supabase, ctx.workspaceId)),
);
