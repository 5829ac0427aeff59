import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listDesk } from '@/modules/calling/queries';
import { deskQuerySchema } from '@/modules/calling/schema';

/** One page of the calling desk: `{ rows, next_cursor }`. */
export const GET = route({ access: 'query', query: deskQuerySchema }, async ({ ctx, query }) =>
  ok(await listDesk(ctx.supabase, ctx.workspaceId, query)),
);
