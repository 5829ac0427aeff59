import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { markNotificationSchema } from '@/modules/notifications/schema';
import { markNotification } from '@/modules/notifications/service';
import { idParams } from '@/modules/records/schema';

/** Marks one as read or unread. */
export const PATCH = route(
  { access: 'member', params: idParams, body: markNotificationSchema },
  async ({ ctx, params, body }) => {
    await markNotification(ctx, params.id, body.read);
    return noContent();
  },
);
