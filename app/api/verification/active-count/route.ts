import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { countActiveCards } from '@/modules/verification/queries';
import { propertyIdsSchema } from '@/modules/verification/schema';

/** How many active cards up to 1,000 properties have, before they are deleted: `{ count }`. */
export const POST = route({ access: 'member', body: propertyIdsSchema }, async ({ ctx, body }) =>
  ok({ count: await countActiveCards(ctx.supabase, ctx.workspaceId, body.property_ids) }),
);
