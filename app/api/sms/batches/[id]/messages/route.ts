import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listBatchTexts } from '@/modules/texts/queries';
import { listBatchTextsQuery, textParams } from '@/modules/texts/schema';

/** One page of a batch's texts, all or those of one count: `{ rows, next_cursor }`. */
export const GET = route(
  { access: 'query', params: textParams, query: listBatchTextsQuery },
  async ({ ctx, params, query }) => ok(await listBatchTexts(ctx.supabase, ctx.workspaceId, params.id, query)),
);
