import { created, noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { linkOrganizationSchema, linkQuery, updateOrganizationLinkSchema } from '@/modules/people/schema';
import { linkOrganization, unlinkOrganization, updateOrganizationLink } from '@/modules/people/service';
import { idParams } from '@/modules/records/schema';

/** Links an organization by id or name: `{ link_id, organization_id }`. */
export const POST = route(
  { access: 'member', params: idParams, body: linkOrganizationSchema },
  async ({ ctx, params, body }) => created(await linkOrganization(ctx, params.id, body)),
);

/** Changes the title at an organization, or makes it the primary. */
export const PATCH = route(
  { access: 'member', body: updateOrganizationLinkSchema },
  async ({ ctx, body }) => {
    await updateOrganizationLink(ctx, body);
    return noContent();
  },
);

/** Takes the person from an organization: `?link=<id>`. */
export const DELETE = route(
  { access: 'member', params: idParams, query: linkQuery },
  async ({ ctx, params, query }) => {
    await unlinkOrganization(ctx, params.id, query.link);
    return noContent();
  },
);
