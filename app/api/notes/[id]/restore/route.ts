import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { restoreNote } from '@/modules/activities/service';
import { idParams } from '@/modules/records/schema';

/** Brings back a note that the caller deleted. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await restoreNote(ctx, params.id);
  return noContent();
});
