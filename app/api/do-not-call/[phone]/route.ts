import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { doNotCallParams, liftDoNotCallSchema } from '@/modules/do-not-call/schema';
import { liftDoNotCall } from '@/modules/do-not-call/service';

/** Takes a number off the list, with the reason. */
export const DELETE = route(
  { access: 'member', params: doNotCallParams, body: liftDoNotCallSchema },
  async ({ ctx, params, body }) => {
    await liftDoNotCall(ctx, params.phone, body.reason);
    return noContent();
  },
);
