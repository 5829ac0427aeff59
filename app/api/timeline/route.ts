import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listTimeline } from '@/modules/activities/queries';
import { timelineQuery } from '@/modules/activities/schema';

/** A page of a record's timeline: `{ items, nextBefore }`. */
export const GET = route({ access: 'member', query: timelineQuery }, async ({ ctx, query }) =>
  ok(await listTimeline(ctx.supabase, ctx, query)),
);
