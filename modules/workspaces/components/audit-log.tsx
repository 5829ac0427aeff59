'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronRight, History } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { use, useState } from 'react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { RelativeTime } from '@/components/relative-time';
import { SettingsSection } from '@/components/settings-section';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError, api } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import { type AuditChange, auditChanges, auditNouns, auditVerb } from '../audit-words';
import type { AuditEntry } from '../types';

type Page = { items: AuditEntry[]; next: { before_at: string; after_id: string } | null };

/** Who changed what and when, newest first, with what was before. */
export function AuditLog({
  entity,
  entities,
  first,
  names,
}: {
  entity: string | null;
  entities: readonly string[];
  first: Page;
  names: Readonly<Record<string, string>>;
}) {
  const router = useRouter();
  const query = useInfiniteQuery({
    queryKey: ['audit-log', entity],
    initialPageParam: null as Page['next'],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ ...(entity && { entity }), ...pageParam });
      return api<Page>('GET', `/api/audit-log?${search}`, undefined, { signal });
    },
    getNextPageParam: (page) => page.next,
    initialData: { pages: [first], pageParams: [null] },
  });
  const entries = query.data.pages.flatMap((page) => page.items);
  return (
    <SettingsSection
      wide
      title="Audit log"
      description="Every change by a person, with what was before. Nobody can edit it."
      action={
        <NativeSelect
          aria-label="What was changed"
          className="w-44"
          value={entity ?? ''}
          onChange={(event) =>
            router.replace(
              event.target.value ? `/settings/audit-log?entity=${event.target.value}` : '/settings/audit-log',
            )
          }
        >
          <option value="">Everything</option>
          {entities.map((each) => (
            <option key={each} value={each}>
              {auditNouns[each]?.many ?? each}
            </option>
          ))}
        </NativeSelect>
      }
    >
      {entries.length === 0 && !query.isError ? (
        <EmptyState
          icon={History}
          title="Nothing of this kind was changed yet"
          description="What people create, change and remove appears here."
        />
      ) : (
        <ol className="divide-y rounded-lg border" aria-label="Changes, newest first">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} names={names} />
          ))}
        </ol>
      )}
      {query.isFetchNextPageError || query.isError ? (
        <ErrorState
          title="The next entries could not be loaded"
          onRetry={() => void query.fetchNextPage()}
          requestId={query.error instanceof ApiError ? query.error.requestId : null}
          className="py-6"
        />
      ) : query.hasNextPage ? (
        <div className="mt-3 flex justify-center">
          <Button
            variant="outline"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show earlier changes
          </Button>
        </div>
      ) : null}
    </SettingsSection>
  );
}

function Entry({ entry, names }: { entry: AuditEntry; names: Readonly<Record<string, string>> }) {
  const timeZone = use(TimeZoneContext);
  const [open, setOpen] = useState(false);
  const changes = auditChanges(entry, names, timeZone);
  return (
    <li className="text-sm">
      <button
        type="button"
        aria-expanded={open}
        className="focus-inset flex min-h-10 w-full items-baseline gap-2 px-3 py-2 text-left hover:bg-accent"
        onClick={() => setOpen(!open)}
      >
        <ChevronRight
          aria-hidden
          className={cn(
            'size-3.5 shrink-0 self-center text-muted-foreground transition-transform',
            open && 'rotate-90',
          )}
        />
        <span className="min-w-0 flex-1">
          <span className="font-medium">{entry.actor ?? 'The system'}</span> {auditVerb(entry)}
          {entry.label ? <span className="break-words"> {entry.label}</span> : null}
          {!open && entry.before && entry.after ? <Summary changes={changes} /> : null}
        </span>
        <RelativeTime at={entry.at} className="shrink-0 text-muted-foreground text-xs" />
      </button>
      {open ? <Details entry={entry} changes={changes} /> : null}
    </li>
  );
}

function Summary({ changes }: { changes: readonly AuditChange[] }) {
  const [only] = changes;
  if (!only) return null;
  if (changes.length > 1) {
    return (
      <span className="text-muted-foreground">: {changes.map((change) => change.field).join(', ')}</span>
    );
  }
  return (
    <span className="text-muted-foreground">
      : {only.field} <s>{only.before || 'empty'}</s> → {only.after || 'empty'}
    </span>
  );
}

function Details({ entry, changes }: { entry: AuditEntry; changes: readonly AuditChange[] }) {
  return (
    <div className="px-3 pb-3 pl-8.5">
      {changes.length === 0 ? (
        <p className="text-muted-foreground">No column that people see was changed.</p>
      ) : null}
      <dl className="grid gap-1.5">
        {changes.map(({ field, before, after }) => (
          <div key={field} className="grid gap-x-3 md:grid-cols-[10rem_1fr]">
            <dt className="text-muted-foreground">{field}</dt>
            <dd className="min-w-0 break-words">
              {before ? <s className="text-muted-foreground">{before}</s> : null}
              {before && after ? ' → ' : null}
              {after || (before ? ' → empty' : null)}
            </dd>
          </div>
        ))}
      </dl>
      {entry.request_id ? (
        <p className="mt-2 text-muted-foreground text-xs">
          Request <span className="tabular-nums">{entry.request_id}</span>
        </p>
      ) : null}
    </div>
  );
}
