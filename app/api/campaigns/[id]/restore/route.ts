import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { setCampaignDeleted } from '@/modules/campaigns/service';
import { idParams } from '@/modules/records/schema';

/** Brings a deleted campaign back. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setCampaignDeleted(ctx, params.id, false);
  return noContent();
});
