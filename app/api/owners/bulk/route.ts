import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { bulkSchema } from '@/modules/records/schema';
import { bulkChange } from '@/modules/records/service';

/** Changes up to 1,000 owners: `{ id, changed }`; the id undoes it. */
export const POST = route({ access: 'member', body: bulkSchema(null) }, async ({ ctx, body }) =>
  ok(await bulkChange(ctx, 'owners', body.ids, body.change)),
);
