import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { undoBulkChange } from '@/modules/records/service';

/** Takes a bulk change back: `{ restored, kept }`. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) =>
  ok(await undoBulkChange(ctx, params.id)),
);
