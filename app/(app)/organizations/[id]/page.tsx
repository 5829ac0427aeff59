import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { OrganizationPage } from '@/modules/organizations/components/organization-page';
import { getOrganization } from '@/modules/organizations/queries';
import { RecordWork } from '../../record-work';

/** Read once, for the title and the page. */
const read = cache(async (id: string) => {
  const ctx = await pageContext();
  try {
    return await getOrganization(ctx.supabase, ctx.workspaceId, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps<'/organizations/[id]'>): Promise<Metadata> {
  const organization = await read((await params).id);
  return { title: organization.name };
}

/** One organization with all that hangs on it. */
export default async function OrganizationDetailPage({ params }: PageProps<'/organizations/[id]'>) {
  const detail = await read((await params).id);
  return (
    <OrganizationPage
      start={{ detail, at: Date.now() }}
      work={<RecordWork subject={{ kind: 'organization', id: detail.id }} />}
    />
  );
}
