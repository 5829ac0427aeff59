import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { searchRecords } from '@/modules/search/queries';
import { searchQuery } from '@/modules/search/schema';

/** Records by any fragment: `{ people, organizations, properties, owners }`. */
export const GET = route({ access: 'query', query: searchQuery }, async ({ ctx, query }) =>
  ok(await searchRecords(ctx.supabase, ctx.workspaceId, query)),
);
