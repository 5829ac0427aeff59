import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listNotifications } from '@/modules/notifications/queries';
import { listNotificationsQuery } from '@/modules/notifications/schema';

/** The caller's own: `{ rows, unread, next }`. */
export const GET = route({ access: 'query', query: listNotificationsQuery }, async ({ ctx, query }) =>
  ok(await listNotifications(ctx.supabase, ctx.workspaceId, query)),
);
