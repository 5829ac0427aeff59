import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { campaignsSearch } from '@/modules/campaigns/components/campaigns-address';
import { CampaignsList } from '@/modules/campaigns/components/campaigns-list';
import { listCampaigns } from '@/modules/campaigns/queries';
import { listCampaignsQuery } from '@/modules/campaigns/schema';

export const metadata: Metadata = { title: 'Campaigns' };

/** All campaigns, those first that its address asks for. */
export default async function CampaignsPage({ searchParams }: PageProps<'/campaigns'>) {
  const [ctx, given] = await Promise.all([pageContext(), searchParams]);
  const first = (value: string | string[] | undefined) =>
    typeof value === 'string' ? value : (value?.[0] ?? '');
  const search = campaignsSearch({ q: first(given.q).slice(0, 200), group: first(given.show) });
  const asked = new URLSearchParams(search);
  const page = await listCampaigns(
    ctx.supabase,
    ctx.workspaceId,
    listCampaignsQuery.parse({
      ...(asked.get('q') && { q: asked.get('q') }),
      ...(asked.has('status') && { status: asked.getAll('status') }),
    }),
  );
  return <CampaignsList start={{ search, page, at: Date.now() }} />;
}
