import { kickCron } from '@/lib/http/cron';
import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { importParamsSchema } from '@/modules/imports/schema';
import { cancelImport } from '@/modules/imports/service';

export const POST = route({ access: 'member', params: importParamsSchema }, async ({ ctx, params }) => {
  await cancelImport(ctx, params.id);
  // what was written goes on the calling desk
  kickCron('run-imports', ctx.log);
  return noContent();
});
