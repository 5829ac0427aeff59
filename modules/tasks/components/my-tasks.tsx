'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ListTodo, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { use, useRef, useState } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { notify } from '@/components/notify';
import { PageHeader } from '@/components/page-header';
import { useShortcut } from '@/components/shortcuts';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import { type DueGroup, dueGroup, sortTasks, subjectHref, type Task, type TaskPage } from '../domain';
import { TaskRow } from './task-row';
import { useAssignees, useTaskWrites } from './use-tasks';

const TaskForm = dynamic(() => import('./task-form').then((module) => module.TaskForm), { ssr: false });

const NewTask = dynamic(() => import('./new-task').then((module) => module.NewTask), { ssr: false });

const groups: readonly { key: DueGroup; label: string }[] = [
  { key: 'overdue', label: 'Overdue' },
  { key: 'today', label: 'Today' },
  { key: 'later', label: 'Later' },
  { key: 'someday', label: 'No date' },
];
const limit = 200;

/** Everything that the person at the screen is to do, whatever it is about, by when it is due. */
export function MyTasks() {
  const zone = use(TimeZoneContext);
  const me = use(CurrentUserContext);
  const client = useQueryClient();
  const queryKey = ['tasks', 'mine'];
  const pages = useRef(1);
  const [paging, setPaging] = useState<'idle' | 'loading' | 'failed'>('idle');
  const fetchPage = (after: string | null, signal?: AbortSignal) =>
    api<TaskPage>(
      'GET',
      `/api/tasks?mine=yes&status=all&limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      undefined,
      { signal },
    );
  const query = useQuery({
    queryKey,
    // as many pages as were opened: what was being looked at doesn't fold up when something changes
    queryFn: async ({ signal }) => {
      const whole = await fetchPage(null, signal);
      for (let read = 1; read < pages.current && whole.next; read += 1) {
        const more = await fetchPage(whole.next, signal);
        whole.rows.push(...more.rows);
        whole.next = more.next;
      }
      return whole;
    },
  });
  async function showMore() {
    const after = query.data?.next;
    if (!after) return;
    setPaging('loading');
    try {
      const more = await fetchPage(after);
      pages.current += 1;
      client.setQueryData<TaskPage>(
        queryKey,
        (page) => page && { rows: sortTasks([...page.rows, ...more.rows]), next: more.next },
      );
      setPaging('idle');
    } catch {
      setPaging('failed');
    }
  }
  useLive('tasks', (ids) => {
    if (ids === null || me === null || ids.includes(me)) void client.invalidateQueries({ queryKey });
  });
  const writes = useTaskWrites(queryKey);
  const assignees = useAssignees();
  const [editing, setEditing] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const router = useRouter();
  useShortcut('c', 'New task', () => setAdding(true), { group: 'List' });

  const tasks = query.data?.rows ?? [];
  const open = tasks.filter((task) => task.status === 'open');
  const closed = tasks.filter((task) => task.status !== 'open');
  const now = Date.now();

  const row = (task: Task) =>
    editing === task.id ? (
      <li key={task.id} className="max-w-xl py-1">
        <TaskForm
          label={`Edit ${task.title}`}
          saveLabel="Save"
          start={task}
          assignees={assignees}
          onClose={() => setEditing(null)}
          onSave={(draft) =>
            writes.change(task, {
              ...draft,
              assignee: assignees.find(({ id }) => id === draft.assigned_to)?.name ?? null,
            })
          }
        />
      </li>
    ) : (
      <TaskRow
        key={task.id}
        task={task}
        withSubject
        onStatus={(status) => void writes.setStatus(task, status)}
        onEdit={() => setEditing(task.id)}
        onDelete={() => void writes.remove(task)}
      />
    );
  const section = (label: string, list: readonly Task[]) =>
    list.length === 0 ? null : (
      <section key={label} aria-label={label} className="not-first:mt-6">
        <h2 className="flex items-baseline gap-2 pb-1 font-medium text-sm">
          {label}
          <span className="text-muted-foreground text-xs tabular-nums">{list.length}</span>
        </h2>
        <ul className="-mx-1.5 max-w-3xl">{list.map(row)}</ul>
      </section>
    );

  return (
    <>
      <PageHeader
        title="Tasks"
        count={query.data ? `${formatNumber(open.length)}${query.data.next ? '+' : ''} open` : undefined}
        action={
          <Button onClick={() => setAdding(true)}>
            <Plus aria-hidden /> New task
          </Button>
        }
      />
      {adding ? (
        <NewTask
          assignees={assignees}
          onClose={() => setAdding(false)}
          onAdd={async (about, draft) => {
            const whose = assignees.find(({ id }) => id === draft.assigned_to)?.name ?? null;
            await writes.add(about, draft, whose, draft.assigned_to === me);
            if (draft.assigned_to === me) return;
            // it isn't on this page, so that it must be said where it went
            notify.success(whose ? `Added to the tasks of ${whose}` : 'Added, for nobody in particular', {
              action: { label: 'Show', onClick: () => router.push(subjectHref(about)) },
            });
          }}
        />
      ) : null}
      {query.isPending ? (
        <DelayedSkeleton label="Loading your tasks" className="grid gap-4 px-6 py-5 max-md:px-4">
          {[40, 56, 34].map((width) => (
            <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
          ))}
        </DelayedSkeleton>
      ) : query.isError && tasks.length === 0 ? (
        <ErrorState
          title="Your tasks could not be loaded"
          description={query.error.message}
          requestId={query.error instanceof ApiError ? query.error.requestId : null}
          onRetry={() => void query.refetch()}
        />
      ) : tasks.length === 0 ? (
        <EmptyState
          icon={ListTodo}
          title="Nothing is to be done"
          description="Tasks that are yours show here, whatever they are about: those you add, and next steps that fell due."
          action={
            <Button onClick={() => setAdding(true)}>
              <Plus aria-hidden /> New task
            </Button>
          }
          secondary={
            <Button variant="outline" asChild>
              <Link href="/owners">Log outreach to an owner</Link>
            </Button>
          }
        />
      ) : (
        <div data-slot="task-rows" className="px-6 py-5 max-md:px-4">
          {groups.map(({ key, label }) =>
            section(
              label,
              open.filter((task) => dueGroup(task.due_at, zone, now) === key),
            ),
          )}
          {query.data?.next ? (
            <p className="mt-4 flex items-center gap-3">
              {paging === 'failed' ? (
                <span role="alert" className="text-destructive-text text-sm">
                  The next ones could not be loaded.
                </span>
              ) : null}
              <Button
                variant="outline"
                size="sm"
                loading={paging === 'loading'}
                onClick={() => void showMore()}
              >
                {paging === 'failed' ? 'Try again' : 'Show more'}
              </Button>
            </p>
          ) : null}
          {section('Lately finished', closed)}
        </div>
      )}
    </>
  );
}
