import { kickCron } from '@/lib/http/cron';
import { accepted } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { importParamsSchema } from '@/modules/imports/schema';
import { beginPhase } from '@/modules/imports/service';

export const POST = route({ access: 'member', params: importParamsSchema }, async ({ ctx, params }) => {
  await beginPhase(ctx, params.id, 'preview');
  kickCron('run-imports', ctx.log);
  return accepted({ id: params.id });
});
