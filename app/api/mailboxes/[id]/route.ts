import { kickCron } from '@/lib/http/cron';
import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { disconnectMailbox } from '@/modules/mailboxes/service';
import { idParams } from '@/modules/records/schema';

/** Disconnects a mailbox; the permission is given back to Google behind the answer. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await disconnectMailbox(ctx, params.id);
  kickCron('sync-inbox', ctx.log);
  return noContent();
});
