import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getOutreachTargets } from '@/modules/outreach/queries';
import { targetsQuery } from '@/modules/outreach/schema';

/** What the composer needs: `{ name, contacts, phones, templates, time_zone, … }`. */
export const GET = route({ access: 'query', query: targetsQuery }, async ({ ctx, query }) =>
  ok(await getOutreachTargets(ctx.supabase, ctx.workspaceId, { kind: query.subject, id: query.id })),
);
