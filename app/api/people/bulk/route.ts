import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { leadStatuses } from '@/modules/people/domain';
import { bulkSchema } from '@/modules/records/schema';
import { bulkChange } from '@/modules/records/service';

/** Changes up to 1,000 people: `{ id, changed }`; the id undoes it. */
export const POST = route(
  { access: 'member', body: bulkSchema(leadStatuses, 'lead_status') },
  async ({ ctx, body }) => ok(await bulkChange(ctx, 'people', body.ids, body.change)),
);
