'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { PageHeader } from '@/components/page-header';
import { StatusBadge } from '@/components/status-badge';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api-client';
import { formatBytes, formatCount } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import type { Duplicate, ImportDetail, ImportSummary } from '@/modules/imports/queries';
import type { Mappable } from '@/modules/imports/service';
import { ImportProgress } from './import-progress';
import { isAtWork, statusLooks } from './labels';

const loading = () => (
  <DelayedSkeleton label="Loading">
    <Skeleton className="h-64 w-full" />
  </DelayedSkeleton>
);
const MappingForm = dynamic(() => import('./mapping-form').then((module) => module.MappingForm), { loading });
const ImportResults = dynamic(() => import('./import-results').then((module) => module.ImportResults), {
  loading,
});
const UnreadFile = dynamic(() => import('./unread-file').then((module) => module.UnreadFile), { loading });

/** A kind of list, as it is offered. */
export type PresetChoice = { id: string; label: string; description: string };

const WHILE_AT_WORK_MS = 1_000;
const WHILE_LIVE_MS = 3_000;

/**
 * One import from its columns to its results. What is shown follows from its status, so that a reload loses nothing.
 * @param detail as the server read it
 * @param mappable what the columns may feed, while that can still be chosen
 */
export function ImportPage({
  detail,
  mappable,
  duplicates,
  presets,
}: {
  detail: ImportDetail;
  mappable: Mappable | null;
  duplicates: Duplicate[];
  presets: PresetChoice[];
}) {
  const router = useRouter();
  const client = useQueryClient();
  const key = ['imports', 'one', detail.id];
  const refresh = () => void client.invalidateQueries({ queryKey: key });
  const connection = useLive('imports', (ids) => {
    if (!ids || ids.includes(detail.id)) refresh();
  });
  const { data: now, isError } = useQuery<ImportSummary>({
    queryKey: key,
    queryFn: ({ signal }) => api('GET', `/api/imports/${detail.id}`, undefined, { signal }),
    initialData: detail,
    refetchInterval: ({ state }) =>
      state.data && isAtWork(state.data.status)
        ? connection === 'live'
          ? WHILE_LIVE_MS
          : WHILE_AT_WORK_MS
        : false,
  });

  // the server holds what only an ended phase has: results, what was kept, who is alike
  const shown = useRef(detail.status);
  useEffect(() => {
    if (now.status === shown.current) return;
    shown.current = now.status;
    router.refresh();
  }, [now.status, router]);

  const canMap = !now.hasWritten && ['uploaded', 'previewed', 'failed', 'cancelled'].includes(now.status);
  const facts = [
    presets.find((preset) => preset.id === now.preset)?.label,
    now.totalRows === null ? formatBytes(now.fileSize) : formatCount(now.totalRows, 'row'),
    now.createdBy,
  ];
  return (
    <>
      <PageHeader
        back={{ href: '/imports', label: 'Imports' }}
        title={now.fileName}
        count={facts.filter(Boolean).join(' · ')}
        action={<StatusBadge {...statusLooks[now.status]} />}
      />
      <div className="w-full max-w-6xl px-6 py-6 max-md:px-4">
        {isAtWork(now.status) ? (
          <ImportProgress
            now={now}
            isLive={connection === 'live'}
            isUnreachable={isError}
            onChanged={refresh}
          />
        ) : now.status === 'previewed' || now.hasWritten || now.status === 'done' ? (
          <ImportResults
            key={now.status}
            now={now}
            detail={detail}
            duplicates={duplicates}
            onChanged={refresh}
            mappable={canMap ? mappable : null}
            presets={presets}
          />
        ) : mappable && detail.inspection ? (
          <MappingForm
            now={now}
            inspection={detail.inspection}
            initial={mappable}
            presets={presets}
            onBegun={refresh}
          />
        ) : (
          <UnreadFile now={now} />
        )}
      </div>
    </>
  );
}
