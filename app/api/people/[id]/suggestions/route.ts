import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listSuggestions } from '@/modules/people/queries';
import { idParams } from '@/modules/records/schema';

/** Who could be the same person: `{ suggestions }`. */
export const GET = route({ access: 'member', params: idParams }, async ({ ctx, params }) =>
  ok({ suggestions: await listSuggestions(ctx.supabase, ctx.workspaceId, params.id) }),
);
