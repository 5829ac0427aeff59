import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { PageHeader } from '@/components/page-header';
import { pageContext } from '@/lib/http/page-context';
import { cn } from '@/lib/utils';
import { MetricReport, MetricReportSkeleton } from '@/modules/metrics/components/metric-report';
import { MetricsError } from '@/modules/metrics/components/metrics-error';
import { metricSearch, offeredDays, readMetricState } from '@/modules/metrics/domain';
import { getMetrics } from '@/modules/metrics/queries';

export const metadata: Metadata = { title: 'Reports' };

/** The figures with their charts; the numbers are streamed in after the page's frame. */
export default async function ReportsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { days } = readMetricState(await searchParams);
  return (
    <>
      <PageHeader
        title="Reports"
        tabs={
          <nav aria-label="Time" className="flex gap-0.5">
            {offeredDays.map((offered) => (
              <Link
                key={offered}
                href={`/reports?${metricSearch({ days: offered })}`}
                aria-current={offered === days ? 'page' : undefined}
                className={cn(
                  'focus-inset inline-flex h-7 items-center rounded-md px-2 text-sm transition-colors duration-120 max-md:h-10',
                  offered === days
                    ? 'bg-accent font-medium'
                    : 'text-muted-foreground hover:bg-accent hover:text-foreground',
                )}
              >
                {offered} days
              </Link>
            ))}
          </nav>
        }
      />
      <Suspense key={days} fallback={<MetricReportSkeleton />}>
        <Report days={days} />
      </Suspense>
    </>
  );
}

async function Report({ days }: { days: number }) {
  const { supabase, workspaceId, requestId, log } = await pageContext();
  try {
    return <MetricReport metrics={await getMetrics(supabase, workspaceId, days)} />;
  } catch (error) {
    log.error({ err: error }, 'the figures could not be counted');
    return <MetricsError requestId={requestId} />;
  }
}
