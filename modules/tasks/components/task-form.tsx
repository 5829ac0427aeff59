'use client';

import { type ReactNode, use, useState } from 'react';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import { instantOf, wallTime, wallTimeAfter } from '@/lib/wall-time';
import { priorityWords, type TaskPriority, taskPriorities } from '../domain';
import type { Assignee, TaskDraft } from './use-tasks';

/** Quick choices of a due time: how many days on, and when on that day. */
const quickTimes = [
  { label: 'Today', days: 0, time: '17:00' },
  { label: 'Tomorrow', days: 1, time: '09:00' },
  { label: 'Next week', days: 7, time: '09:00' },
] as const;

/**
 * The fields of a task, new or there already.
 * @param start what they hold at first
 * @param about a field that says what it is about, where that isn't known from the place
 * @param isReady false while something outside the form is still missing
 * @param onSave rejects with the reason; what was typed stays
 */
export function TaskForm({
  label,
  start,
  assignees,
  saveLabel,
  about,
  isReady = true,
  className,
  onSave,
  onClose,
}: {
  label: string;
  start: TaskDraft;
  assignees: readonly Assignee[];
  saveLabel: string;
  about?: ReactNode;
  isReady?: boolean;
  className?: string;
  onSave: (draft: TaskDraft) => Promise<void>;
  onClose: () => void;
}) {
  const zone = use(TimeZoneContext);
  const [title, setTitle] = useState(start.title);
  const [due, setDue] = useState(() => (start.due_at ? wallTime(Date.parse(start.due_at), zone) : ''));
  const [priority, setPriority] = useState<TaskPriority>(start.priority);
  const [assignedTo, setAssignedTo] = useState(start.assigned_to ?? '');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ message: string; fields: Record<string, string> } | null>(null);

  async function save() {
    if (busy || !isReady || title.trim() === '') return;
    setBusy(true);
    setFailure(null);
    try {
      await onSave({
        title: title.trim(),
        due_at: due ? instantOf(due, zone) : null,
        priority,
        assigned_to: assignedTo || null,
      });
      onClose();
    } catch (error) {
      setBusy(false);
      setFailure({
        message: error instanceof Error ? error.message : 'Try again.',
        fields: error instanceof ApiError ? error.fields : {},
      });
    }
  }

  const now = wallTime(Date.now(), zone);
  return (
    <form
      aria-label={label}
      className={cn('grid gap-3 rounded-lg border p-3', className)}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <Field label="Task" error={failure?.fields.title}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={300}
            value={title}
            placeholder="What is to be done"
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      {about}
      <Field label="Due" optional error={failure?.fields.due_at}>
        {(control) => (
          <div className="grid gap-1.5">
            <Input
              {...control}
              type="datetime-local"
              value={due}
              onChange={(event) => setDue(event.target.value)}
            />
            <div className="flex flex-wrap gap-1.5">
              {quickTimes.map(({ label: name, days, time }) => {
                const at = wallTimeAfter(now, days, time);
                return (
                  <Button
                    key={name}
                    variant="outline"
                    size="sm"
                    aria-pressed={due === at}
                    className="aria-pressed:border-primary aria-pressed:bg-accent"
                    onClick={() => setDue(due === at ? '' : at)}
                  >
                    {name}
                  </Button>
                );
              })}
            </div>
          </div>
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Priority">
          {(control) => (
            <NativeSelect
              {...control}
              value={priority}
              onChange={(event) => setPriority(event.target.value as TaskPriority)}
            >
              {taskPriorities.map((each) => (
                <option key={each} value={each}>
                  {priorityWords[each]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="Assigned to" error={failure?.fields.assigned_to}>
          {(control) => (
            <NativeSelect
              {...control}
              value={assignedTo}
              onChange={(event) => setAssignedTo(event.target.value)}
            >
              <option value="">Nobody</option>
              {assignees.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      {failure && Object.keys(failure.fields).length === 0 ? (
        <p role="alert" className="text-destructive-text text-xs">
          {failure.message}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button variant="outline" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" size="sm" loading={busy} disabled={!isReady || title.trim() === ''}>
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}
