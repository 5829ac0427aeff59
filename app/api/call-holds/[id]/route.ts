import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { liftHold } from '@/modules/calling/service';
import { idParams } from '@/modules/records/schema';

/** Lifts a hold: the number is back on the list. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await liftHold(ctx, params.id);
  return noContent();
});
