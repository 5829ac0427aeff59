import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listViews } from '@/modules/views/queries';
import { createViewSchema, listViewsSchema } from '@/modules/views/schema';
import { createView } from '@/modules/views/service';

/** The caller's views and the shared ones of a list: `{ views }`. */
export const GET = route({ access: 'member', query: listViewsSchema }, async ({ ctx, query }) =>
  ok({ views: await listViews(ctx.supabase, ctx.workspaceId, ctx.userId, query.entity) }),
);

/** Keeps a list's state under a name. */
export const POST = route({ access: 'member', body: createViewSchema }, async ({ ctx, body }) =>
  created(await createView(ctx, body)),
);
