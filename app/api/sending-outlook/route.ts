import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getSendingOutlook } from '@/modules/email-analytics/queries';

/** The sending domains with their health, and the next seven days of each. */
export const GET = route({ access: 'query' }, async ({ ctx }) =>
  ok(await getSendingOutlook(ctx.supabase, ctx.workspaceId)),
);
