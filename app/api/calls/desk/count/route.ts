import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { countDesk } from '@/modules/calling/queries';
import { deskFilterSchema } from '@/modules/calling/schema';

/** How many numbers a filter finds, up to 10,001: `{ count }`. */
export const GET = route({ access: 'query', query: deskFilterSchema }, async ({ ctx, query }) =>
  ok({ count: await countDesk(ctx.supabase, ctx.workspaceId, query) }),
);
