import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { CampaignTabs } from '@/modules/campaigns/components/campaign-tabs';
import { Replies } from '@/modules/mailboxes/components/replies';
import { shownOf } from '@/modules/mailboxes/domain';
import { listInbound } from '@/modules/mailboxes/queries';

export const metadata: Metadata = { title: 'Replies' };

/** What came back: replies, what only looks like one and waits for a person, and what mail programs answered. */
export default async function RepliesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [{ supabase, workspaceId }, given] = await Promise.all([pageContext(), searchParams]);
  const shown = shownOf(given.shown);
  const first = await listInbound(supabase, workspaceId, { shown, limit: 50 });
  return <Replies first={first} firstShown={shown} tabs={<CampaignTabs />} />;
}
