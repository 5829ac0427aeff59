import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listOutreach } from '@/modules/outreach/queries';
import { listOutreachQuery, logOutreachSchema } from '@/modules/outreach/schema';
import { logOutreach } from '@/modules/outreach/service';

/** Outreach logged, the newest first; filtered by what it is about. */
export const GET = route({ access: 'member', query: listOutreachQuery }, async ({ ctx, query }) =>
  ok({ rows: await listOutreach(ctx.supabase, ctx.workspaceId, query) }),
);

/** Logs an outreach: the entry of the timelines it stands on. */
export const POST = route({ access: 'member', body: logOutreachSchema }, async ({ ctx, body }) =>
  created(await logOutreach(ctx, body)),
);
