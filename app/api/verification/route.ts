import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listCardsOfProperty } from '@/modules/verification/queries';
import { addToBoardSchema, cardIdsSchema, cardsOfPropertyQuery } from '@/modules/verification/schema';
import { addToBoard, setCardsDeleted } from '@/modules/verification/service';

/** The cards of a property: `{ cards }`. */
export const GET = route({ access: 'member', query: cardsOfPropertyQuery }, async ({ ctx, query }) =>
  ok({ cards: await listCardsOfProperty(ctx.supabase, ctx.workspaceId, query.property_id) }),
);

/** Puts up to 1,000 properties on a board: `{ pipeline_id, added, skipped }`, both ids of cards. */
export const POST = route({ access: 'member', body: addToBoardSchema }, async ({ ctx, body }) =>
  created(await addToBoard(ctx, body)),
);

/** Takes cards off the board: `{ changed }`, the ids of those that were on it. */
export const DELETE = route({ access: 'member', body: cardIdsSchema }, async ({ ctx, body }) =>
  ok({ changed: await setCardsDeleted(ctx, body.ids, true) }),
);
