import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getRealtimeAccess } from '@/modules/workspaces/realtime';

export const GET = route({ access: 'member' }, async ({ ctx, request }) => {
  const bearer = request.headers.get('authorization')?.replace(/^Bearer /i, '') ?? null;
  return ok(await getRealtimeAccess(ctx, bearer));
});
