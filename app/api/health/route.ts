import { route } from '@/lib/http/route';
import { checkHealth } from '@/lib/supabase/health';

export const GET = route({ access: 'public' }, async () => {
  const health = await checkHealth();
  const isWell = Object.values(health).every((part) => part.ok);
  return Response.json(health, { status: isWell ? 200 : 503, headers: { 'cache-control': 'no-store' } });
});
