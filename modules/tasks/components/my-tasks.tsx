'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ListTodo } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { use, useState } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { type DueGroup, dueGroup, type Task, type TaskPage } from '../domain';
import { TaskRow } from './task-row';
import { useAssignees, useTaskWrites } from './use-tasks';

const TaskForm = dynamic(() => import('./task-form').then((module) => module.TaskForm), { ssr: false });

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
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      api<TaskPage>('GET', `/api/tasks?mine=yes&status=all&limit=${limit}`, undefined, { signal }),
  });
  useLive('tasks', (ids) => {
    if (ids === null || me === null || ids.includes(me)) void client.invalidateQueries({ queryKey });
  });
  const writes = useTaskWrites(queryKey);
  const assignees = useAssignees();
  const [editing, setEditing] = useState<string | null>(null);

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
      <PageHeader title="Tasks" count={query.data ? `${open.length} open` : undefined} />
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
          description="Tasks that are yours show here. Add one on a person, an organization or a property, or log a call with a next step."
          action={
            <Button asChild>
              <Link href="/properties">Open the properties</Link>
            </Button>
          }
          secondary={
            <Button variant="outline" asChild>
              <Link href="/people">Open the people</Link>
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
            <p className="mt-4 text-muted-foreground text-sm">
              The first {limit} are shown. The others follow as these are done.
            </p>
          ) : null}
          {section('Lately finished', closed)}
        </div>
      )}
    </>
  );
}
