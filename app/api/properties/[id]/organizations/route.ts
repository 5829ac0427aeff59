import { created, noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { linkOrganizationSchema, linkQuery } from '@/modules/properties/schema';
import { linkParty, unlinkParty } from '@/modules/properties/service';
import { idParams } from '@/modules/records/schema';

/** Gives an organization, by id or by name, a role at the property: `{ link_id, id }`. */
export const POST = route(
  { access: 'member', params: idParams, body: linkOrganizationSchema },
  async ({ ctx, params, body }) =>
    created(await linkParty(ctx, params.id, 'organization', body.organization, body.role)),
);

/** Takes a role away: `?link=<id>`. */
export const DELETE = route(
  { access: 'member', params: idParams, query: linkQuery },
  async ({ ctx, params, query }) => {
    await unlinkParty(ctx, params.id, 'organization', query.link);
    return noContent();
  },
);
