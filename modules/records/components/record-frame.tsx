'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';

/**
 * A record once it is there; before, a skeleton; where it isn't, why.
 * @param one "organization", for the sentences
 */
export function RecordFrame<Detail>({
  query: { data, error, refetch },
  one,
  children,
}: {
  query: Pick<UseQueryResult<Detail>, 'data' | 'error' | 'refetch'>;
  one: string;
  children: (record: Detail) => ReactNode;
}) {
  if (data) return children(data);
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState
        title={`There is no such ${one}`}
        description="The link may be old, or belong to another workspace."
      />
    );
  }
  if (error) {
    return (
      <ErrorState
        title={`This ${one} could not be loaded`}
        description={error.message}
        requestId={error instanceof ApiError ? error.requestId : null}
        onRetry={() => void refetch()}
      />
    );
  }
  return (
    <DelayedSkeleton label={`Loading the ${one}`} className="grid gap-3 p-5">
      {[48, 64, 40, 72, 56].map((width) => (
        <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
      ))}
    </DelayedSkeleton>
  );
}
