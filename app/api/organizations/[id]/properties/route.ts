import { created, noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { linkPropertySchema, linkQuery } from '@/modules/organizations/schema';
import { linkProperty, unlinkProperty } from '@/modules/organizations/service';
import { idParams } from '@/modules/records/schema';

/** Gives the organization a role at a property: `{ link_id }`. */
export const POST = route(
  { access: 'member', params: idParams, body: linkPropertySchema },
  async ({ ctx, params, body }) => created(await linkProperty(ctx, params.id, body)),
);

/** Takes a role away: `?link=<id>`. */
export const DELETE = route(
  { access: 'member', params: idParams, query: linkQuery },
  async ({ ctx, params, query }) => {
    await unlinkProperty(ctx, params.id, query.link);
    return noContent();
  },
);
