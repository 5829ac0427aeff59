import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageContext } from '@/lib/http/page-context';
import { MetricRows } from '@/modules/metrics/components/metric-rows';
import { figureOfSlug, figureWords, metricSearch, readMetricState } from '@/modules/metrics/domain';
import { listMetricRows } from '@/modules/metrics/queries';
import { listAssignees } from '@/modules/records/queries';

type Props = {
  params: Promise<{ figure: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const figure = figureOfSlug((await params).figure);
  return { title: figure ? figureWords[figure].title : 'Not found' };
}

/** The rows that a figure counts, of the time, person and result that its address names. */
export default async function MetricRowsPage({ params, searchParams }: Props) {
  const [ctx, { figure: slug }, given] = await Promise.all([pageContext(), params, searchParams]);
  const figure = figureOfSlug(slug);
  if (!figure) notFound();
  const state = readMetricState(given);
  const [first, members] = await Promise.all([
    listMetricRows(ctx.supabase, ctx.workspaceId, figure, state),
    listAssignees(ctx.supabase, ctx.workspaceId),
  ]);
  return (
    <MetricRows key={metricSearch(state)} figure={figure} state={state} first={first} members={members} />
  );
}
