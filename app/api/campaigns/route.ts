import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listCampaigns } from '@/modules/campaigns/queries';
import { createCampaignSchema, listCampaignsQuery } from '@/modules/campaigns/schema';
import { createCampaign } from '@/modules/campaigns/service';

/** One page of campaigns, the newest first: `{ rows, nextCursor }`. */
export const GET = route({ access: 'query', query: listCampaignsQuery }, async ({ ctx, query }) =>
  ok(await listCampaigns(ctx.supabase, ctx.workspaceId, query)),
);

/** A new draft: `{ id }`. */
export const POST = route({ access: 'member', body: createCampaignSchema }, async ({ ctx, body }) =>
  created(await createCampaign(ctx, body)),
);
