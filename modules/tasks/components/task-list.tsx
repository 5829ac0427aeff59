'use client';

import { ChevronRight, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { use, useRef, useState } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import type { Task, WorkSubject } from '../domain';
import { TaskRow } from './task-row';
import { type TaskDraft, useAssignees, useTasks, useTaskWrites } from './use-tasks';

const TaskForm = dynamic(() => import('./task-form').then((module) => module.TaskForm), { ssr: false });

/**
 * What is to be done about a record or a card: add, finish, reopen, dismiss, edit, delete. It brings no heading.
 * @param subject what the tasks hang on
 * @param assignTo whose a new task is at first; the person's at the screen where it is left out
 */
export function TaskList({ subject, assignTo }: { subject: WorkSubject; assignTo?: string | null }) {
  const me = use(CurrentUserContext);
  const query = useTasks(subject);
  const assignees = useAssignees();
  const writes = useTaskWrites(query.queryKey);
  const [editing, setEditing] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const [showsClosed, setShowsClosed] = useState(false);
  const addButton = useRef<HTMLButtonElement>(null);

  const tasks = query.data?.rows ?? [];
  const open = tasks.filter((task) => task.status === 'open');
  const closed = tasks.filter((task) => task.status !== 'open');
  const nameOf = (id: string | null) => assignees.find((each) => each.id === id)?.name ?? null;

  const row = (task: Task) =>
    editing === task.id ? (
      <li key={task.id} className="py-1">
        <TaskForm
          label={`Edit ${task.title}`}
          saveLabel="Save"
          start={task}
          assignees={assignees}
          onClose={() => setEditing(null)}
          onSave={(draft: TaskDraft) =>
            writes.change(task, { ...draft, assignee: nameOf(draft.assigned_to) })
          }
        />
      </li>
    ) : (
      <TaskRow
        key={task.id}
        task={task}
        onStatus={(status) => void writes.setStatus(task, status)}
        onEdit={() => setEditing(task.id)}
        onDelete={() => void writes.remove(task)}
      />
    );

  if (query.isPending) {
    return (
      <DelayedSkeleton label="Loading the tasks" className="grid gap-2 py-2">
        {[70, 52].map((width) => (
          <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
        ))}
      </DelayedSkeleton>
    );
  }
  if (query.isError && tasks.length === 0) {
    return (
      <ErrorState
        className="py-4"
        title="The tasks could not be loaded"
        description={query.error.message}
        requestId={query.error instanceof ApiError ? query.error.requestId : null}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <div data-slot="task-rows">
      {tasks.length === 0 && !adding ? (
        <p className="py-1 text-muted-foreground text-sm">Nothing is to be done. Add what comes next.</p>
      ) : null}
      {open.length > 0 ? <ul className="-mx-1.5">{open.map(row)}</ul> : null}
      {adding ? (
        <div className="py-1">
          <TaskForm
            label="New task"
            saveLabel="Add task"
            start={{
              title: '',
              due_at: null,
              priority: 'normal',
              assigned_to: assignTo === undefined ? me : assignTo,
            }}
            assignees={assignees}
            onClose={() => {
              setAdding(false);
              requestAnimationFrame(() => addButton.current?.focus());
            }}
            onSave={(draft) => writes.add(subject, draft, nameOf(draft.assigned_to))}
          />
        </div>
      ) : (
        <Button
          ref={addButton}
          variant="ghost"
          size="sm"
          className="-ml-1.5 text-muted-foreground"
          onClick={() => setAdding(true)}
        >
          <Plus aria-hidden />
          Add task
        </Button>
      )}
      {closed.length > 0 ? (
        <>
          <button
            type="button"
            aria-expanded={showsClosed}
            onClick={() => setShowsClosed(!showsClosed)}
            className="mt-1 flex items-center gap-1 rounded-sm text-muted-foreground text-xs hover:text-foreground max-md:h-10"
          >
            <ChevronRight aria-hidden className={cn('size-3.5', showsClosed && 'rotate-90')} />
            {closed.length === 1 ? '1 finished' : `${closed.length} finished`}
          </button>
          {showsClosed ? <ul className="-mx-1.5">{closed.map(row)}</ul> : null}
        </>
      ) : null}
    </div>
  );
}
