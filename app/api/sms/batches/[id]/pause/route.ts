import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { textParams } from '@/modules/texts/schema';
import { setBatch } from '@/modules/texts/service';

/** Holds the texts of a batch that haven't gone: the batch. */
export const POST = route({ access: 'member', params: textParams }, async ({ ctx, params }) => {
  const batch = await setBatch(ctx, params.id, 'paused');
  return ok(batch);
});
