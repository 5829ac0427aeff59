import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { PropertyPage } from '@/modules/properties/components/property-page';
import { getProperty } from '@/modules/properties/queries';
import { RecordWork } from '../../record-work';

/** Read once, for the title and the page. */
const read = cache(async (id: string) => {
  const ctx = await pageContext();
  try {
    return await getProperty(ctx.supabase, ctx.workspaceId, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps<'/properties/[id]'>): Promise<Metadata> {
  const property = await read((await params).id);
  return { title: property.name ?? property.address ?? 'Property' };
}

/** One property with all that hangs on it. */
export default async function PropertyDetailPage({ params }: PageProps<'/properties/[id]'>) {
  const detail = await read((await params).id);
  return (
    <PropertyPage
      start={{ detail, at: Date.now() }}
      work={<RecordWork subject={{ kind: 'property', id: detail.id }} />}
    />
  );
}
