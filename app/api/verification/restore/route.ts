import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { cardIdsSchema } from '@/modules/verification/schema';
import { setCardsDeleted } from '@/modules/verification/service';

/** Puts cards back where they stood: `{ changed }`. */
export const POST = route({ access: 'member', body: cardIdsSchema }, async ({ ctx, body }) =>
  ok({ changed: await setCardsDeleted(ctx, body.ids, false) }),
);
