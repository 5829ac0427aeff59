import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getScoreRules } from '@/modules/verification/queries';
import { scoreRulesSchema } from '@/modules/verification/schema';
import { updateScoreRules } from '@/modules/verification/service';

/** What scores are counted with. */
export const GET = route({ access: 'query' }, async ({ ctx }) =>
  ok(await getScoreRules(ctx.supabase, ctx.workspaceId)),
);

/** Changes it; every card is counted anew, and may move by rule. */
export const PATCH = route({ access: 'admin', body: scoreRulesSchema }, async ({ ctx, body }) =>
  ok(await updateScoreRules(ctx, body)),
);
