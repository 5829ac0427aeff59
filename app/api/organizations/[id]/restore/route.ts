import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { setDeleted } from '@/modules/records/service';

/** Brings a deleted organization back. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setDeleted(ctx, 'organizations', params.id, false);
  return noContent();
});
