import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getOutboxEmail } from '@/modules/email-analytics/queries';
import { idParams } from '@/modules/records/schema';

/** One mail with its body and what the provider told of it. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getOutboxEmail(ctx.supabase, ctx.workspaceId, params.id)),
);
