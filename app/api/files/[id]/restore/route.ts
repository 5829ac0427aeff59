import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { setFileDeleted } from '@/modules/files/service';
import { idParams } from '@/modules/records/schema';

/** Brings back a file that was deleted less than a day ago. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setFileDeleted(ctx, params.id, false);
  return noContent();
});
