import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getOwnerBundle } from '@/modules/owners/queries';
import { idParams } from '@/modules/records/schema';

/** An owner with all that its page shows: `{ owner, party, contacts, properties, threads, open_tasks, timeline }`. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getOwnerBundle(ctx.supabase, ctx.workspaceId, params.id)),
);
