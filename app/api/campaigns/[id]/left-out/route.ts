import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listLeftOut } from '@/modules/campaigns/queries';
import { listLeftOutQuery } from '@/modules/campaigns/schema';
import { idParams } from '@/modules/records/schema';

/** Who was chosen and isn't a recipient, and why: `{ counts, rows, nextCursor }`. */
export const GET = route(
  { access: 'query', params: idParams, query: listLeftOutQuery },
  async ({ ctx, params, query }) => ok(await listLeftOut(ctx.supabase, ctx.workspaceId, params.id, query)),
);
