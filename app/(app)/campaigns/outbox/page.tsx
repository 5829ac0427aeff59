import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { CampaignTabs } from '@/modules/campaigns/components/campaign-tabs';
import { Outbox } from '@/modules/email-analytics/components/outbox';
import { outboxSearch, readOutboxState } from '@/modules/email-analytics/domain';
import { findOutboxNames, listOutbox } from '@/modules/email-analytics/queries';

export const metadata: Metadata = { title: 'Outbox' };

/** Every mail that went, will go or won't, and why. */
export default async function OutboxPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [{ supabase, workspaceId }, given] = await Promise.all([pageContext(), searchParams]);
  const state = readOutboxState(given);
  const [first, names] = await Promise.all([
    listOutbox(supabase, workspaceId, state),
    findOutboxNames(supabase, workspaceId, state),
  ]);
  return <Outbox first={first} firstSearch={outboxSearch(state)} names={names} tabs={<CampaignTabs />} />;
}
