'use client';

import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { SidePanel } from '@/components/side-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import { useRecord } from '@/modules/records/components/use-record';
import { personName } from '../domain';
import type { PersonDetail } from '../schema';
import { PersonView } from './person-view';

/** A person beside the list. */
export function PersonPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: person, error, refetch } = useRecord<PersonDetail>('people', id);
  const name = person ? personName(person) : 'Person';
  return (
    <SidePanel label={name} title={name} href={`/people/${id}`} onClose={onClose}>
      {person ? (
        <PersonView person={person} isPanel />
      ) : error instanceof ApiError && error.status === 404 ? (
        <EmptyState
          title="There is no such person"
          description="The link may be old, or belong to another workspace."
        />
      ) : error ? (
        <ErrorState
          title="This person could not be loaded"
          description={error.message}
          requestId={error instanceof ApiError ? error.requestId : null}
          onRetry={() => void refetch()}
        />
      ) : (
        <DelayedSkeleton className="grid gap-3 p-5">
          {[48, 64, 40, 72, 56].map((width) => (
            <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
          ))}
        </DelayedSkeleton>
      )}
    </SidePanel>
  );
}
