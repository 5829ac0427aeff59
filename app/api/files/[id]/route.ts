import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { setFileDeleted } from '@/modules/files/service';
import { idParams } from '@/modules/records/schema';

/** Deletes a file; `restore` brings it back for a day. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setFileDeleted(ctx, params.id, true);
  return noContent();
});
