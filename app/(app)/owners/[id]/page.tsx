import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { OwnerPage } from '@/modules/owners/components/owner-page';
import { getOwnerBundle } from '@/modules/owners/queries';

/** Read once, for the title and the page. */
const read = cache(async (id: string) => {
  const ctx = await pageContext();
  try {
    return await getOwnerBundle(ctx.supabase, ctx.workspaceId, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps<'/owners/[id]'>): Promise<Metadata> {
  const { owner } = await read((await params).id);
  return { title: owner.display_name };
}

/** One owner with all that hangs on it. */
export default async function OwnerDetailPage({ params }: PageProps<'/owners/[id]'>) {
  const bundle = await read((await params).id);
  return <OwnerPage start={{ bundle, at: Date.now() }} />;
}
