import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listTexts } from '@/modules/texts/queries';
import { listTextsQuery } from '@/modules/texts/schema';

/** One page of all texts, the newest first: `{ rows, next_cursor }`. */
export const GET = route({ access: 'query', query: listTextsQuery }, async ({ ctx, query }) =>
  ok(await listTexts(ctx.supabase, ctx.workspaceId, query)),
);
