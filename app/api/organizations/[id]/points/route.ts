import { created, noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { linkPointSchema, unlinkSchema, updateLinkSchema } from '@/modules/contact-points/schema';
import { linkPoint, unlinkPoint, updatePointLink } from '@/modules/contact-points/service';
import { idParams } from '@/modules/records/schema';

/** Links a contact point; answers the link and who else has the point. */
export const POST = route(
  { access: 'member', params: idParams, body: linkPointSchema },
  async ({ ctx, params, body }) =>
    created(await linkPoint(ctx, { kind: 'organization', id: params.id }, body)),
);

/** Changes a link: `{ kind, point, label?, is_primary?, value? }`. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateLinkSchema },
  async ({ ctx, params, body }) =>
    ok(await updatePointLink(ctx, { kind: 'organization', id: params.id }, body)),
);

/** Takes a point from the organization: `?kind=phone&point=<id>`. */
export const DELETE = route(
  { access: 'member', params: idParams, query: unlinkSchema },
  async ({ ctx, params, query }) => {
    await unlinkPoint(ctx, { kind: 'organization', id: params.id }, query.kind, query.point);
    return noContent();
  },
);
