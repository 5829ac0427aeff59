import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { organizationsList } from '@/modules/organizations/domain';
import { listOrganizations } from '@/modules/organizations/queries';
import { createOrganizationSchema } from '@/modules/organizations/schema';
import { createOrganization } from '@/modules/organizations/service';
import { listQuerySchema } from '@/modules/records/schema';

/** One page of organizations: `{ rows, nextCursor }`. */
export const GET = route(
  { access: 'query', query: listQuerySchema(organizationsList) },
  async ({ ctx, query }) => ok(await listOrganizations(ctx.supabase, ctx.workspaceId, query)),
);

/** A new organization: `{ id, points }`, each point with who else has it. */
export const POST = route({ access: 'member', body: createOrganizationSchema }, async ({ ctx, body }) =>
  created(await createOrganization(ctx, body)),
);
