import { kickCron } from '@/lib/http/cron';
import { route } from '@/lib/http/route';
import { callbackQuery } from '@/modules/mailboxes/schema';
import { finishConnect } from '@/modules/mailboxes/service';

/** Where Google sends people back to. It always leads to the settings, which tell what came of it. */
export const GET = route({ access: 'public', query: callbackQuery }, async ({ ctx, query }) => {
  const { location, isConnected } = await finishConnect(ctx, query);
  // anybody may come to this address: only who has connected a mailbox starts something
  if (isConnected) kickCron('sync-inbox', ctx.log);
  return new Response(null, { status: 303, headers: { location, 'referrer-policy': 'no-referrer' } });
});
