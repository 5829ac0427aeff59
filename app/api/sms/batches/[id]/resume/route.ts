import { kickCron } from '@/lib/http/cron';
import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { textParams } from '@/modules/texts/schema';
import { setBatch } from '@/modules/texts/service';

/** Lets a paused batch go on: the batch. */
export const POST = route({ access: 'member', params: textParams }, async ({ ctx, params }) => {
  const batch = await setBatch(ctx, params.id, 'sending');
  kickCron('drain-sms-queue', ctx.log);
  return ok(batch);
});
