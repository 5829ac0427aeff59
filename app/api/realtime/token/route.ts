import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getRealtimeAccess } from '@/modules/workspaces/realtime';

export const GET = route({ access: 'member' }, async ({ ctx }) => ok(await getRealtimeAccess(ctx)));
