import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { listMoves } from '@/modules/verification/queries';

/** A card's way through the stages, the latest first: `{ moves }`. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok({ moves: await listMoves(ctx.supabase, ctx.workspaceId, params.id) }),
);
