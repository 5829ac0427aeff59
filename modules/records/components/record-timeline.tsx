'use client';

import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import {
  ArrowRightLeft,
  CalendarClock,
  FileInput,
  GitMerge,
  Globe,
  type LucideIcon,
  Mail,
  MapPin,
  MessageSquare,
  NotebookPen,
  PenLine,
  Phone,
  PhoneIncoming,
  Settings2,
  Trash2,
  Users,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { Composer } from '@/components/composer';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { Timeline, type TimelineItem } from '@/components/timeline';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatLength } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import {
  entryWords,
  isTheirs,
  outcomeWords,
  pendingEntryId,
  type TimelineEntry,
  type TimelinePage,
} from '@/modules/activities/domain';
import { entities, recordHref, type Subject, wordOf } from '../domain';
import { messageOf } from './use-bulk';
import type { FormKind } from './use-record-story';

const LogForm = dynamic(() => import('./log-form').then((module) => module.LogForm), { ssr: false });
const EditNote = dynamic(() => import('./edit-note').then((module) => module.EditNote), { ssr: false });

const icons: Record<string, LucideIcon> = {
  note: NotebookPen,
  call: Phone,
  email: Mail,
  sms: MessageSquare,
  in_app: MessageSquare,
  dm: MessageSquare,
  linkedin: Users,
  meeting: CalendarClock,
  visit: MapPin,
  site_event: Globe,
  stage_change: ArrowRightLeft,
  status_change: ArrowRightLeft,
  import: FileInput,
  merge: GitMerge,
};

type Pages = InfiniteData<TimelinePage, string | null>;

/**
 * Everything that happened with a record, with the composer above it: a note by default, or what is being logged.
 * @param logging what is being logged by hand; the page's quick actions set it
 * @param isLive false for a deleted record: then there is no composer
 * @param start its first page, where it came with the record
 */
export function RecordTimeline({
  subject,
  id,
  isLive,
  logging,
  onLogging,
  start,
  name,
}: {
  subject: Subject;
  id: string;
  /** Who it is, where what comes in comes from the record itself. */
  name?: string;
  isLive: boolean;
  logging: FormKind | null;
  onLogging: (kind: FormKind | null) => void;
  start?: { page: TimelinePage; at: number };
}) {
  const client = useQueryClient();
  const queryKey = ['timeline', subject, id];
  const [editing, setEditing] = useState<TimelineEntry | null>(null);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ subject, id, ...(pageParam && { before: pageParam }) });
      return api<TimelinePage>('GET', `/api/timeline?${search}`, undefined, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextBefore,
    ...(start && {
      initialData: { pages: [start.page], pageParams: [null] },
      initialDataUpdatedAt: start.at,
    }),
  });
  // what colleagues do shows without a reload
  useLive('timeline', (ids) => {
    if (ids === null || ids.includes(id)) void client.invalidateQueries({ queryKey });
  });
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];

  /** The timeline and, since the last activity moved, the lists. */
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey }),
      ...entities.map((entity) => client.invalidateQueries({ queryKey: [entity, 'list'] })),
    ]);
  /** Changes what is shown before the server has answered; returns what puts it back. */
  const change = (edit: (items: TimelineEntry[], isFirst: boolean) => TimelineEntry[]) => {
    const before = client.getQueryData<Pages>(queryKey);
    client.setQueryData<Pages>(
      queryKey,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page, index) => ({ ...page, items: edit(page.items, index === 0) })),
        },
    );
    return () => client.setQueryData(queryKey, before);
  };

  async function addNote(body: string) {
    const pending: TimelineEntry = {
      id: pendingEntryId,
      kind: 'note',
      at: new Date().toISOString(),
      channel: null,
      direction: null,
      subject: null,
      body,
      outcome: null,
      sentiment: null,
      next_step_at: null,
      details: {},
      actor_id: null,
      actor: 'You',
      edited_at: null,
      is_mine: false,
    };
    const putBack = change((items, isFirst) => (isFirst ? [pending, ...items] : items));
    try {
      await api('POST', '/api/notes', { body, [`${subject}_id`]: id });
    } catch (error) {
      putBack();
      throw error;
    }
    // what was written stands already: the composer need not wait
    void refresh();
  }

  async function deleteNote(note: TimelineEntry) {
    const putBack = change((items) => items.filter((item) => item.id !== note.id));
    try {
      await api('DELETE', `/api/notes/${note.id}`);
      notify.success('The note was deleted', {
        action: {
          label: 'Undo',
          onClick: () =>
            void api('POST', `/api/notes/${note.id}/restore`)
              .then(refresh)
              .catch((error) => notify.error('Not undone', { description: messageOf(error) })),
        },
      });
      await refresh();
    } catch (error) {
      putBack();
      notify.error('The note was not deleted', { description: messageOf(error) });
    }
  }

  const items = entries.map((entry) =>
    shown(
      entry,
      name ?? 'They',
      () => setEditing(entry),
      () => void deleteNote(entry),
    ),
  );
  return (
    <>
      {!isLive ? null : logging ? (
        <LogForm
          key={logging}
          kind={logging}
          subject={subject}
          id={id}
          onClose={() => onLogging(null)}
          onDone={() => {
            onLogging(null);
            void refresh();
          }}
        />
      ) : (
        <Composer
          label="Note"
          placeholder="Write a note"
          submitLabel="Add note"
          draftKey={`note:${subject}:${id}`}
          onSubmit={addNote}
        />
      )}
      {query.isPending ? (
        <DelayedSkeleton label="Loading the timeline" className="mt-4 grid gap-4">
          {[64, 40, 52].map((width) => (
            <div key={width} className="flex items-center gap-3">
              <Skeleton className="size-6 rounded-full" />
              <Skeleton className="h-3" style={{ width: `${width}%` }} />
            </div>
          ))}
        </DelayedSkeleton>
      ) : query.isError && entries.length === 0 ? (
        <ErrorState
          className="py-8"
          title="The timeline could not be loaded"
          description={query.error.message}
          requestId={query.error instanceof ApiError ? query.error.requestId : null}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Timeline
          items={items}
          hasMore={query.hasNextPage}
          isFetchingMore={query.isFetchingNextPage}
          onLoadMore={() => void query.fetchNextPage()}
          empty={
            <EmptyState
              className="py-8"
              title="Nothing has happened yet"
              description="Notes, calls, e-mails and imports appear here, the newest first."
            />
          }
        />
      )}
      {editing ? (
        <EditNote
          id={editing.id}
          body={editing.body ?? ''}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            void refresh();
          }}
        />
      ) : null}
    </>
  );
}

/** @param them what the other side is called */
function shown(entry: TimelineEntry, them: string, onEdit: () => void, onDelete: () => void): TimelineItem {
  const isNote = entry.kind === 'note';
  // what a call of the desk is called says no more than the words before it
  const isDeskCall = entry.kind === 'call' && typeof entry.details.call_id === 'string';
  const title = entry.kind === 'import' || isDeskCall ? null : entry.subject;
  const seconds = Number(entry.details.duration_seconds ?? 0);
  const conversation = entry.details.conversation_id;
  return {
    id: `${entry.kind} ${entry.id} ${entry.at}`,
    icon:
      entry.kind === 'call' && entry.direction === 'in' ? PhoneIncoming : (icons[entry.kind] ?? Settings2),
    actor: isTheirs(entry) ? them : entry.actor || (entry.actor_id ? 'A former colleague' : 'Freehold'),
    what:
      typeof conversation === 'string' ? (
        <Link href={`/messages/${conversation}`} prefetch={false} className="hover:underline">
          {entryWords(entry)}
        </Link>
      ) : (
        entryWords(entry)
      ),
    target:
      title || entry.property ? (
        <>
          {title ? `“${title}”` : null}
          {entry.property ? (
            <span className="text-muted-foreground">
              {' '}
              on{' '}
              <Link
                href={recordHref('properties', entry.property.id)}
                prefetch={false}
                className="hover:underline"
              >
                {entry.property.name}
              </Link>
            </span>
          ) : null}
        </>
      ) : undefined,
    at: entry.at,
    body: entry.body,
    meta:
      entry.outcome || entry.edited_at || entry.next_step_at || seconds > 0 || entry.details.undone ? (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {seconds > 0 ? <span className="text-xs tabular-nums">{formatLength(seconds)}</span> : null}
          {entry.details.undone ? <span className="text-xs">outcome taken back</span> : null}
          {entry.outcome ? <Badge variant="outline">{wordOf(outcomeWords, entry.outcome)}</Badge> : null}
          {entry.next_step_at ? (
            <Badge variant={entry.next_step_open === false ? 'neutral' : 'info'}>
              {entry.next_step_open === false ? 'Next step taken' : 'Next step'}{' '}
              <RelativeTime at={entry.next_step_at} />
            </Badge>
          ) : null}
          {entry.edited_at ? <span className="text-xs">edited</span> : null}
        </span>
      ) : null,
    actions:
      isNote && entry.is_mine ? (
        <>
          <Button variant="ghost" size="icon-sm" aria-label="Edit the note" onClick={onEdit}>
            <PenLine aria-hidden className="text-muted-foreground" />
          </Button>
          <Button variant="ghost" size="icon-sm" aria-label="Delete the note" onClick={onDelete}>
            <Trash2 aria-hidden className="text-muted-foreground" />
          </Button>
        </>
      ) : null,
    isPending: entry.id === pendingEntryId,
  };
}
