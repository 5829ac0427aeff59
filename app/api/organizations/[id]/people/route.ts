import { created, noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { linkPersonSchema, linkQuery, updatePersonLinkSchema } from '@/modules/organizations/schema';
import { linkPerson, personOfLink, updatePersonLink } from '@/modules/organizations/service';
import { unlinkOrganization } from '@/modules/people/service';
import { idParams } from '@/modules/records/schema';

/** Links a person by id, or a new one by name: `{ link_id, id }`. */
export const POST = route(
  { access: 'member', params: idParams, body: linkPersonSchema },
  async ({ ctx, params, body }) => created(await linkPerson(ctx, params.id, body)),
);

/** Changes the title of somebody here: `{ link, title }`. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updatePersonLinkSchema },
  async ({ ctx, params, body }) => {
    await updatePersonLink(ctx, params.id, body);
    return noContent();
  },
);

/** Takes a person from the organization: `?link=<id>`. */
export const DELETE = route(
  { access: 'member', params: idParams, query: linkQuery },
  async ({ ctx, params, query }) => {
    await unlinkOrganization(ctx, await personOfLink(ctx, params.id, query.link), query.link);
    return noContent();
  },
);
