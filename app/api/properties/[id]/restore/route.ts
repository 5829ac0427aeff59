import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { restoreProperty } from '@/modules/properties/service';
import { idParams } from '@/modules/records/schema';

/** Brings a deleted property back; 409 names the one that took its name and address meanwhile. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await restoreProperty(ctx, params.id);
  return noContent();
});
