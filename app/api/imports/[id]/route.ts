import { kickCron } from '@/lib/http/cron';
import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getProgress } from '@/modules/imports/queries';
import { importParamsSchema } from '@/modules/imports/schema';

export const GET = route({ access: 'member', params: importParamsSchema }, async ({ ctx, params }) => {
  const { isStalled, ...progress } = await getProgress(ctx.supabase, ctx.workspaceId, params.id);
  // whoever watches an import whose server was restarted brings it back before the next minute does
  if (isStalled) kickCron('run-imports', ctx.log);
  return ok(progress);
});
