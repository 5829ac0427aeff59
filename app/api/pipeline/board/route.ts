import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getBoard } from '@/modules/verification/queries';
import { boardQuery, moveSchema } from '@/modules/verification/schema';
import { moveCard } from '@/modules/verification/service';

/** A board with the first cards of each stage; `pipeline` names one that isn't the default. */
export const GET = route({ access: 'query', query: boardQuery }, async ({ ctx, query }) =>
  ok(await getBoard(ctx.supabase, ctx.workspaceId, query)),
);

/** Moves a card: `{ card }`, or 409 with `current` where somebody moved it since. */
export const PATCH = route({ access: 'member', body: moveSchema }, async ({ ctx, body }) =>
  ok({ card: await moveCard(ctx, body) }),
);
