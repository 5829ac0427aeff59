import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { timeZoneGroups } from '@/lib/time-zone';
import { CampaignPage } from '@/modules/campaigns/components/campaign-page';
import { getCampaign } from '@/modules/campaigns/queries';
import { listAssignees } from '@/modules/records/queries';

const read = cache(async (id: string) => {
  const ctx = await pageContext();
  if (!z.guid().safeParse(id).success) notFound();
  return getCampaign(ctx.supabase, ctx.workspaceId, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
});

export async function generateMetadata({ params }: PageProps<'/campaigns/[id]'>): Promise<Metadata> {
  const { name } = await read((await params).id);
  return { title: name };
}

/** One campaign: its editor, or what became of it. */
export default async function CampaignDetailPage({ params }: PageProps<'/campaigns/[id]'>) {
  const [ctx, { id }] = await Promise.all([pageContext(), params]);
  const [campaign, members] = await Promise.all([read(id), listAssignees(ctx.supabase, ctx.workspaceId)]);
  return <CampaignPage start={campaign} members={members} zones={timeZoneGroups(campaign.time_zone)} />;
}
