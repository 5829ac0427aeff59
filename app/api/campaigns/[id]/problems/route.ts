import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { findProblems } from '@/modules/campaigns/launch';
import { idParams } from '@/modules/records/schema';

/** All that forbids a launch: `{ problems }`. */
export const GET = route({ access: 'member', params: idParams }, async ({ ctx, params }) =>
  ok(await findProblems(ctx, params.id)),
);
