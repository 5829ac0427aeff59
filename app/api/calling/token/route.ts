import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { browserToken } from '@/modules/telephony/service';

/** What this browser calls with, for an hour. */
export const POST = route({ access: 'member' }, async ({ ctx }) => ok(browserToken(ctx.userId)));
