import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { setDeleted } from '@/modules/records/service';

/** Brings a deleted owner back, with the properties nobody else was given meanwhile. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setDeleted(ctx, 'owners', params.id, false);
  return noContent();
});
