import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { undoOutreach } from '@/modules/outreach/service';
import { idParams } from '@/modules/records/schema';

/** Takes an outreach back that the caller logged. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await undoOutreach(ctx, params.id);
  return noContent();
});
