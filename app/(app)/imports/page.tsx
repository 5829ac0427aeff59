import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { ImportsList } from '@/modules/imports/components/imports-list';
import { allPresets } from '@/modules/imports/presets/registry';
import { listImports } from '@/modules/imports/queries';

export const metadata: Metadata = { title: 'Imports' };

const PAGE_ROWS = 30;

export default async function ImportsPage() {
  const ctx = await pageContext();
  const initial = await listImports(ctx.supabase, ctx.workspaceId, { limit: PAGE_ROWS });
  const presetLabels = Object.fromEntries(allPresets.map(({ id, label }) => [id, label]));
  return <ImportsList initial={initial} presetLabels={presetLabels} />;
}
