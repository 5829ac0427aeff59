import { z } from 'zod';
import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { pointKinds } from '@/modules/contact-points/domain';
import { pointParams } from '@/modules/contact-points/schema';
import { getSharers, updatePoint } from '@/modules/contact-points/service';

const sharersParams = z.strictObject({
  kind: z.enum(pointKinds, 'phone, email or linkedin'),
  id: z.string(),
});

/** Who shares a point: `{ people, organizations, properties }`. */
export const GET = route({ access: 'member', params: sharersParams }, async ({ ctx, params }) =>
  ok(await getSharers(ctx.supabase, ctx.workspaceId, params.kind, params.id)),
);

/** Sets the state of a point, for all who share it: do not call, wrong number, suppressed, released. */
export const PATCH = route(
  { access: 'member', params: pointParams, body: z.unknown() },
  // which fields there are depends on the kind
  async ({ ctx, params, body }) => ok(await updatePoint(ctx, params.kind, params.id, body)),
);
