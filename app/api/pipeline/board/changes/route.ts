import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getBoardChanges } from '@/modules/verification/queries';
import { boardChangesQuery } from '@/modules/verification/schema';

/** What became of up to 100 cards: `{ cards, counts }`. */
export const GET = route({ access: 'query', query: boardChangesQuery }, async ({ ctx, query }) =>
  ok(await getBoardChanges(ctx.supabase, ctx.workspaceId, query)),
);
