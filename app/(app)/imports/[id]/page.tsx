import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { ImportPage } from '@/modules/imports/components/import-page';
import { allPresets } from '@/modules/imports/presets/registry';
import { getImport, listDuplicates } from '@/modules/imports/queries';
import { importParamsSchema } from '@/modules/imports/schema';
import { mappableOf } from '@/modules/imports/service';

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: 'Import' };

export default async function ImportDetailPage({ params }: Props) {
  const parsed = importParamsSchema.safeParse(await params);
  if (!parsed.success) notFound();
  const { id } = parsed.data;
  const ctx = await pageContext();
  const [detail, duplicates] = await Promise.all([
    getImport(ctx.supabase, ctx.workspaceId, id),
    listDuplicates(ctx.supabase, ctx.workspaceId, id),
  ]).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  const presets = allPresets.map(({ id: preset, label, description }) => ({
    id: preset,
    label,
    description,
  }));
  return (
    <ImportPage detail={detail} mappable={mappableOf(detail)} duplicates={duplicates} presets={presets} />
  );
}
