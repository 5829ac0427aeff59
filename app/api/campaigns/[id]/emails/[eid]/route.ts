import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getEmail } from '@/modules/campaigns/queries';
import { editEmail, removeEmail } from '@/modules/campaigns/review';
import { editEmailSchema, emailParams } from '@/modules/campaigns/schema';

/** One mail with its body. */
export const GET = route({ access: 'query', params: emailParams }, async ({ ctx, params }) =>
  ok(await getEmail(ctx.supabase, ctx.workspaceId, params.id, params.eid)),
);

/** Changes a mail in review. */
export const PATCH = route(
  { access: 'member', params: emailParams, body: editEmailSchema },
  async ({ ctx, params, body }) => {
    await editEmail(ctx, params.id, params.eid, body);
    return noContent();
  },
);

/** Doesn't send a mail that hasn't gone, and ends its recipient. */
export const DELETE = route({ access: 'member', params: emailParams }, async ({ ctx, params }) => {
  await removeEmail(ctx, params.id, params.eid);
  return noContent();
});
