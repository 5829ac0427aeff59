'use client';

import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import {
  Bell,
  CalendarClock,
  CheckCheck,
  CircleDot,
  ListTodo,
  type LucideIcon,
  SquareKanban,
  TriangleAlert,
} from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { notify } from '@/components/notify';
import { PageHeader } from '@/components/page-header';
import { RelativeTime } from '@/components/relative-time';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { cn } from '@/lib/utils';
import type { Notification, NotificationPage } from '../domain';

const icons: Record<string, LucideIcon> = {
  task_due: ListTodo,
  next_step_due: CalendarClock,
  sla_breach: TriangleAlert,
  rule_move: SquareKanban,
};

type Pages = InfiniteData<NotificationPage, string | null>;
const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'Try again.');

/** What the person was told, the newest first; each leads to what it is about and is read by going there. */
export function NotificationList() {
  const client = useQueryClient();
  const [unreadOnly, setUnreadOnly] = useState(false);
  const queryKey = ['notifications', 'list', unreadOnly];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({
        ...(unreadOnly && { unread: 'yes' }),
        ...(pageParam && { after: pageParam }),
      });
      return api<NotificationPage>('GET', `/api/notifications?${search}`, undefined, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  useLive('notifications', () => void client.invalidateQueries({ queryKey: ['notifications'] }));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const unread = query.data?.pages[0]?.unread ?? 0;

  function show(readAt: string | null, matches: (row: Notification) => boolean) {
    const before = client.getQueryData<Pages>(queryKey);
    client.setQueryData<Pages>(
      queryKey,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            rows: page.rows.map((row) => (matches(row) ? { ...row, read_at: readAt } : row)),
          })),
        },
    );
    return () => client.setQueryData(queryKey, before);
  }

  async function mark(row: Notification, read: boolean) {
    const putBack = show(read ? new Date().toISOString() : null, ({ id }) => id === row.id);
    try {
      await api('PATCH', `/api/notifications/${row.id}`, { read });
    } catch (error) {
      putBack();
      notify.error('Not changed', { description: messageOf(error) });
    }
    await client.invalidateQueries({ queryKey: ['notifications', 'unread'] });
  }

  async function markAll() {
    const newest = rows[0]?.created_at;
    const putBack = show(new Date().toISOString(), (row) => row.read_at === null);
    try {
      // what came after the newest on the screen was not seen
      await api('POST', '/api/notifications/read-all', newest ? { until: newest } : {});
    } catch (error) {
      putBack();
      notify.error('Nothing was marked', { description: messageOf(error) });
    }
    await client.invalidateQueries({ queryKey: ['notifications'] });
  }

  return (
    <>
      <PageHeader
        title="Notifications"
        count={unread > 0 ? `${unread > 99 ? '99+' : unread} unread` : undefined}
        tabs={
          <div className="flex gap-1">
            {[false, true].map((only) => (
              <Button
                key={String(only)}
                variant="ghost"
                size="sm"
                aria-pressed={unreadOnly === only}
                className="text-muted-foreground aria-pressed:bg-accent aria-pressed:text-foreground"
                onClick={() => setUnreadOnly(only)}
              >
                {only ? 'Unread' : 'All'}
              </Button>
            ))}
          </div>
        }
        action={
          <Button variant="outline" disabled={unread === 0} onClick={() => void markAll()}>
            <CheckCheck aria-hidden />
            Mark all as read
          </Button>
        }
      />
      {query.isPending ? (
        <DelayedSkeleton label="Loading the notifications" className="grid gap-4 px-6 py-4 max-md:px-4">
          {[48, 62, 40].map((width) => (
            <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
          ))}
        </DelayedSkeleton>
      ) : query.isError && rows.length === 0 ? (
        <ErrorState
          title="The notifications could not be loaded"
          description={query.error.message}
          requestId={query.error instanceof ApiError ? query.error.requestId : null}
          onRetry={() => void query.refetch()}
        />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={Bell}
          title={unreadOnly ? 'Nothing is unread' : 'Nothing has happened yet'}
          description="Due tasks, next steps that fell due and cards over their time show here."
          action={
            <Button variant="outline" asChild>
              <Link href="/settings/notifications">Choose what you are told of</Link>
            </Button>
          }
        />
      ) : (
        <>
          <ul className="max-w-3xl px-3 py-2 max-md:px-1">
            {rows.map((row) => (
              <Row key={row.id} row={row} onMark={(read) => void mark(row, read)} />
            ))}
          </ul>
          {query.hasNextPage ? (
            <div className="px-6 pb-6 max-md:px-4">
              <Button
                variant="outline"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                Show earlier ones
              </Button>
            </div>
          ) : null}
        </>
      )}
    </>
  );
}

function Row({ row, onMark }: { row: Notification; onMark: (read: boolean) => void }) {
  const Icon = icons[row.kind] ?? Bell;
  const isUnread = row.read_at === null;
  return (
    <li className="group flex items-start gap-3 rounded-md px-3 py-2 focus-within:bg-accent/50 hover:bg-accent/50">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <Link
        href={row.link}
        className="min-w-0 flex-1 rounded-sm"
        onClick={() => {
          if (isUnread) onMark(true);
        }}
      >
        <span className={cn('block text-sm', isUnread ? 'font-medium' : 'text-muted-foreground')}>
          {isUnread ? <span className="sr-only">Unread: </span> : null}
          {row.title}
        </span>
        {row.body ? <span className="block text-muted-foreground text-sm">{row.body}</span> : null}
        <span className="block text-muted-foreground text-xs">
          <RelativeTime at={row.created_at} />
        </span>
      </Link>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={isUnread ? `Mark as read: ${row.title}` : `Mark as unread: ${row.title}`}
        title={isUnread ? 'Mark as read' : 'Mark as unread'}
        onClick={() => onMark(isUnread)}
      >
        <CircleDot
          aria-hidden
          className={cn(isUnread ? 'text-info-text' : 'text-muted-foreground opacity-40')}
        />
      </Button>
    </li>
  );
}
