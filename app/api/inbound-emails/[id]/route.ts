import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getInbound } from '@/modules/mailboxes/queries';
import { idParams } from '@/modules/records/schema';

/** One mail that came in, with its text. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getInbound(ctx.supabase, ctx.workspaceId, params.id)),
);
