import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getCampaignAnalytics } from '@/modules/email-analytics/queries';
import { idParams } from '@/modules/records/schema';

/** A campaign's figures by step, variant and domain, with the day of its last mail. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getCampaignAnalytics(ctx.supabase, ctx.workspaceId, params.id)),
);
