import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { lookupSchema } from '@/modules/contact-points/schema';
import { lookUpPoint } from '@/modules/contact-points/service';

/** Who has a value already: `{ value, display, id, sharers }`, `sharers` null where nobody has it. */
export const GET = route({ access: 'member', query: lookupSchema }, async ({ ctx, query }) =>
  ok(await lookUpPoint(ctx.supabase, ctx.workspaceId, query.kind, query.value)),
);
