'use client';

import { CalendarClock, Ellipsis, Flag, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { type KeyboardEvent, use } from 'react';
import { Menu } from '@/components/menu';
import { RelativeTime } from '@/components/relative-time';
import { TimeZoneContext } from '@/components/time-zone';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/lib/utils';
import { dueGroup, priorityWords, subjectHref, type Task } from '../domain';

/** What can be done to a task. */
export type TaskActs = {
  onStatus: (status: Task['status']) => void;
  onEdit: () => void;
  onDelete: () => void;
};

/** Moves the focus to the row above or below. */
function step(row: HTMLElement, to: 1 | -1): void {
  const rows = [
    ...(row.closest('[data-slot=task-rows]')?.querySelectorAll<HTMLElement>('[data-slot=task-row]') ?? []),
  ];
  rows[rows.indexOf(row) + to]?.querySelector('input')?.focus();
}

/**
 * One task. Keys while it has the focus: arrows go up and down, `e` edits, `d` dismisses or reopens, Delete deletes, Space
 * finishes.
 * @param withSubject also says what it is about, with the way there
 */
export function TaskRow({
  task,
  withSubject = false,
  onStatus,
  onEdit,
  onDelete,
}: TaskActs & { task: Task; withSubject?: boolean }) {
  const zone = use(TimeZoneContext);
  const isOpen = task.status === 'open';
  const group = dueGroup(task.due_at, zone, Date.now());
  const isLate = isOpen && task.due_at !== null && Date.parse(task.due_at) < Date.now();

  function actOf(key: string, row: HTMLElement): (() => void) | null {
    if (key === 'ArrowDown') return () => step(row, 1);
    if (key === 'ArrowUp') return () => step(row, -1);
    if (key === 'e') return onEdit;
    if (key === 'd') return () => onStatus(isOpen ? 'dismissed' : 'open');
    return key === 'Delete' || key === 'Backspace' ? onDelete : null;
  }
  function onKeyDown(event: KeyboardEvent<HTMLLIElement>) {
    if (event.metaKey || event.ctrlKey || event.altKey || !(event.target instanceof HTMLInputElement)) return;
    const act = actOf(event.key, event.currentTarget);
    if (!act) return;
    event.preventDefault();
    // the page has keys of its own for the same letters
    event.stopPropagation();
    act();
  }

  return (
    <li
      data-slot="task-row"
      onKeyDown={onKeyDown}
      className="group/task flex items-start gap-2.5 rounded-md px-1.5 py-1.5 focus-within:bg-accent/50 hover:bg-accent/50"
    >
      <Checkbox
        aria-label={`Done: ${task.title}`}
        aria-keyshortcuts="e d Delete ArrowUp ArrowDown"
        checked={task.status === 'done'}
        onCheckedChange={(checked) => onStatus(checked ? 'done' : 'open')}
        className="mt-0.5 max-md:mt-0 max-md:size-6"
      />
      <div className="min-w-0 flex-1">
        <p className={cn('break-words text-sm leading-5', !isOpen && 'text-muted-foreground line-through')}>
          {task.title}
        </p>
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-muted-foreground text-xs empty:hidden">
          {isOpen && task.due_at ? (
            <span
              className={cn(
                'inline-flex items-center gap-1',
                isLate ? 'text-destructive-text' : group === 'today' && 'text-warning-text',
              )}
            >
              {isLate ? (
                <TriangleAlert aria-hidden className="size-3" />
              ) : (
                <CalendarClock aria-hidden className="size-3" />
              )}
              {isLate ? 'Due ' : null}
              <RelativeTime at={task.due_at} />
            </span>
          ) : null}
          {task.status === 'done' && task.done_at ? (
            <span>
              Done <RelativeTime at={task.done_at} />
              {task.done_by ? ` by ${task.done_by}` : null}
            </span>
          ) : null}
          {task.status === 'dismissed' ? <span>Dismissed</span> : null}
          {isOpen && task.priority !== 'normal' ? (
            <Badge variant={task.priority === 'urgent' ? 'warning' : 'outline'}>
              <Flag aria-hidden />
              {priorityWords[task.priority]}
            </Badge>
          ) : null}
          {task.source === 'next_step' ? <span>From a next step</span> : null}
          {withSubject && task.about ? (
            <Link
              href={subjectHref(task.about)}
              className="max-w-full truncate underline-offset-2 hover:text-foreground hover:underline"
            >
              {task.about.name}
            </Link>
          ) : null}
        </p>
      </div>
      {task.assignee && !withSubject ? (
        <span title={`Assigned to ${task.assignee}`} className="mt-0.5 inline-flex">
          <Avatar name={task.assignee} size={20} />
          <span className="sr-only">Assigned to {task.assignee}</span>
        </span>
      ) : null}
      <Menu
        label={`What to do with ${task.title}`}
        align="end"
        items={() => [
          { label: 'Edit', hint: 'E', onSelect: onEdit },
          ...(isOpen
            ? [{ label: 'Dismiss', hint: 'D', onSelect: () => onStatus('dismissed') }]
            : [{ label: 'Reopen', hint: 'D', onSelect: () => onStatus('open') }]),
          'separator',
          { label: 'Delete', hint: 'Del', destructive: true, onSelect: onDelete },
        ]}
        trigger={(props) => (
          <button
            type="button"
            {...props}
            aria-label={`More for ${task.title}`}
            className="-my-0.5 inline-flex size-6 items-center justify-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground max-md:size-10"
          >
            <Ellipsis aria-hidden className="size-4" />
          </button>
        )}
      />
    </li>
  );
}
