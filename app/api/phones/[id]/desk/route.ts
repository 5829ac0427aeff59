import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getDesk } from '@/modules/calling/queries';
import { idParams } from '@/modules/records/schema';

/** All that the panel of a number shows. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getDesk(ctx.supabase, ctx.workspaceId, params.id)),
);
