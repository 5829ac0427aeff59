import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { textParams } from '@/modules/texts/schema';
import { setBatch } from '@/modules/texts/service';

/** Takes what hasn't gone of a batch out of the queue: the batch. */
export const POST = route({ access: 'member', params: textParams }, async ({ ctx, params }) => {
  const batch = await setBatch(ctx, params.id, 'cancelled');
  return ok(batch);
});
