import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { History } from '@/modules/calling/components/history';
import { historySearch, readHistoryState } from '@/modules/calling/history';
import { filterOf, findHistoryNames, listCallHistory } from '@/modules/calling/history-queries';
import { listMembers } from '@/modules/workspaces/queries';

export const metadata: Metadata = { title: 'Call history' };

/** Every call, out and in, as the address narrows it. */
export default async function CallHistoryPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [{ supabase, workspaceId }, given] = await Promise.all([pageContext(), searchParams]);
  const state = readHistoryState(given);
  const [first, members, names] = await Promise.all([
    listCallHistory(supabase, workspaceId, filterOf(state)),
    listMembers(supabase, workspaceId),
    findHistoryNames(supabase, workspaceId, state),
  ]);
  return (
    <History
      first={first}
      firstSearch={historySearch(state)}
      callers={members.map(({ user_id, full_name, email }) => ({ id: user_id, name: full_name || email }))}
      names={names}
    />
  );
}
