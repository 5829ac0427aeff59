import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { restoreCard } from '@/modules/verification/service';

/** Puts a card back where it stood. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await restoreCard(ctx, params.id);
  return noContent();
});
