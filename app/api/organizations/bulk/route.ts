import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { organizationStatuses } from '@/modules/organizations/domain';
import { bulkSchema } from '@/modules/records/schema';
import { bulkChange } from '@/modules/records/service';

/** Changes up to 1,000 organizations: `{ id, changed }`; the id undoes it. */
export const POST = route(
  { access: 'member', body: bulkSchema(organizationStatuses) },
  async ({ ctx, body }) => ok(await bulkChange(ctx, 'organizations', body.ids, body.change)),
);
