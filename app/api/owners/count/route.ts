import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { ownersList } from '@/modules/owners/domain';
import { countRecords } from '@/modules/records/queries';
import { countQuerySchema } from '@/modules/records/schema';

/** How many owners a filter finds, counted up to 10,001: `{ count }`. */
export const GET = route({ access: 'query', query: countQuerySchema(ownersList) }, async ({ ctx, query }) =>
  ok({ count: await countRecords(ctx.supabase, ctx.workspaceId, 'owners', query) }),
);
