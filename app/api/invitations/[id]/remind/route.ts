import { kickCron } from '@/lib/http/cron';
import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { remindMe } from '@/modules/workspaces/invitations';
import { idParamsSchema } from '@/modules/workspaces/schema';

/** Mails an invitation to the caller's address again. */
export const POST = route({ access: 'user', params: idParamsSchema }, async ({ ctx, params }) => {
  await remindMe(ctx, params.id);
  kickCron('send-invitations', ctx.log);
  return noContent();
});
