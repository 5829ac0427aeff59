import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listActivities } from '@/modules/activities/queries';
import { createActivitySchema, listActivitiesQuery } from '@/modules/activities/schema';
import { createActivity } from '@/modules/activities/service';

/** The workspace's activities, newest first: `{ activities }`. */
export const GET = route({ access: 'member', query: listActivitiesQuery }, async ({ ctx, query }) =>
  ok({ activities: await listActivities(ctx.supabase, ctx.workspaceId, query) }),
);

/** Logs a call, e-mail, message, meeting or visit: `{ id }`. */
export const POST = route({ access: 'member', body: createActivitySchema }, async ({ ctx, body }) =>
  created(await createActivity(ctx, body)),
);
