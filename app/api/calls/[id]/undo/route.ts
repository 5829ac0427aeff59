import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { undoOutcome } from '@/modules/calling/service';
import { idParams } from '@/modules/records/schema';

/** Takes an outcome back: `{ call, stays }`. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) =>
  ok(await undoOutcome(ctx, params.id)),
);
