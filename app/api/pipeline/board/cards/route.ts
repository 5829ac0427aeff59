import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listBoardCards } from '@/modules/verification/queries';
import { boardCardsQuery } from '@/modules/verification/schema';

/** The cards of a stage below a rank: `{ cards }`. */
export const GET = route({ access: 'query', query: boardCardsQuery }, async ({ ctx, query }) =>
  ok({ cards: await listBoardCards(ctx.supabase, ctx.workspaceId, query) }),
);
