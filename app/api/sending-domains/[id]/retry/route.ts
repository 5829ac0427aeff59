import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { retryDomain } from '@/modules/sending/settings-service';

/** Lets a domain that errors have stopped try one mail now. */
export const POST = route({ access: 'admin', params: idParams }, async ({ ctx, params }) => {
  await retryDomain(ctx, params.id);
  return noContent();
});
