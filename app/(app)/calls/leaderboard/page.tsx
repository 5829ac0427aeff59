import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { Leaderboard } from '@/modules/calling/components/leaderboard';
import { getLeaderboard } from '@/modules/calling/history-queries';
import { leaderboardQuerySchema } from '@/modules/calling/history-schema';

export const metadata: Metadata = { title: 'Call leaderboard' };

/** What the callers did, by caller and by day; what the address can't mean is the last seven days. */
export default async function LeaderboardPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [{ supabase, workspaceId }, { from, to, days }] = await Promise.all([pageContext(), searchParams]);
  const asked = leaderboardQuerySchema.safeParse({
    ...(from && { from }),
    ...(to && { to }),
    ...(days && { days }),
  });
  return <Leaderboard data={await getLeaderboard(supabase, workspaceId, asked.data ?? {})} />;
}
