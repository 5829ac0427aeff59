import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { propertiesList } from '@/modules/properties/domain';
import { countRecords } from '@/modules/records/queries';
import { countQuerySchema } from '@/modules/records/schema';

/** How many properties a filter finds, counted up to 10,001: `{ count }`. */
export const GET = route(
  { access: 'query', query: countQuerySchema(propertiesList) },
  async ({ ctx, query }) =>
    ok({ count: await countRecords(ctx.supabase, ctx.workspaceId, 'properties', query) }),
);
