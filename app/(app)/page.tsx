import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageContext } from '@/lib/http/page-context';
import { MetricStrip, MetricStripSkeleton } from '@/modules/metrics/components/metric-strip';
import { MetricsError } from '@/modules/metrics/components/metrics-error';
import { getMetrics } from '@/modules/metrics/queries';
import { Home } from '@/modules/workspaces/components/home';
import { getHomeSummary } from '@/modules/workspaces/queries';

export const metadata: Metadata = { title: 'Home' };

/** What is there and what happened; the figures are streamed in, for counting takes longer than the rest. */
export default async function HomePage() {
  const { supabase, workspaceId } = await pageContext();
  return (
    <Home
      summary={await getHomeSummary(supabase, workspaceId)}
      figures={
        <Suspense fallback={<MetricStripSkeleton />}>
          <Figures />
        </Suspense>
      }
    />
  );
}

async function Figures() {
  const { supabase, workspaceId, requestId, log } = await pageContext();
  try {
    return <MetricStrip metrics={await getMetrics(supabase, workspaceId)} />;
  } catch (error) {
    log.error({ err: error }, 'the figures could not be counted');
    return <MetricsError isInline requestId={requestId} />;
  }
}
