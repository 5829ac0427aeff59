import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getCampaign } from '@/modules/campaigns/queries';
import { updateCampaignSchema } from '@/modules/campaigns/schema';
import { setCampaignDeleted, updateCampaign } from '@/modules/campaigns/service';
import { idParams } from '@/modules/records/schema';

/** A campaign with its graph and its numbers. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getCampaign(ctx.supabase, ctx.workspaceId, params.id)),
);

/** Its settings; sender: drafts only. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateCampaignSchema },
  async ({ ctx, params, body }) => {
    await updateCampaign(ctx, params.id, body);
    return noContent();
  },
);

/** Puts a draft, or what has ended, away. `POST …/restore` brings it back. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setCampaignDeleted(ctx, params.id, true);
  return noContent();
});
