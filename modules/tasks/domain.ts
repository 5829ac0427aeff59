/** What tasks are about and how they read. Pure; runs in the browser too. */
import { dayKey } from '@/lib/format';

/** What tasks and files hang on. */
export const subjectKinds = ['person', 'organization', 'owner', 'property', 'verification'] as const;
export type SubjectKind = (typeof subjectKinds)[number];
export type WorkSubject = { kind: SubjectKind; id: string };

export const taskStatuses = ['open', 'done', 'dismissed'] as const;
export type TaskStatus = (typeof taskStatuses)[number];
export const taskPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export type TaskPriority = (typeof taskPriorities)[number];

export const priorityWords: Readonly<Record<TaskPriority, string>> = {
  low: 'Low',
  normal: 'Normal',
  high: 'High',
  urgent: 'Urgent',
};

/** One task, as the API gives it. Times are ISO 8601 with an offset. */
export type Task = {
  id: string;
  title: string;
  due_at: string | null;
  status: TaskStatus;
  priority: TaskPriority;
  assigned_to: string | null;
  assignee: string | null;
  /** A person wrote it, or a next step fell due. */
  source: 'person' | 'next_step';
  created_at: string;
  done_at: string | null;
  done_by: string | null;
  /** The most telling of what it hangs on; a card goes by its property. */
  about: { kind: SubjectKind; id: string; name: string } | null;
};

/** A page of tasks; `next` is the query that goes on, null at the end. */
export type TaskPage = { rows: Task[]; next: string | null };

const pages: Readonly<Record<SubjectKind, string>> = {
  person: '/people/',
  organization: '/organizations/',
  owner: '/owners/',
  property: '/properties/',
  verification: '/verification?card=',
};

/** Where a subject has its page. */
export const subjectHref = ({ kind, id }: WorkSubject) => `${pages[kind]}${id}`;

/** How a due time stands to the present: before today, today, later, or no time at all. */
export type DueGroup = 'overdue' | 'today' | 'later' | 'someday';

/**
 * @param dueAt ISO 8601; null: no due time
 * @param timeZone IANA zone of whoever reads: whose days count
 * @param now epoch milliseconds
 */
export function dueGroup(dueAt: string | null, timeZone: string, now: number): DueGroup {
  if (dueAt === null) return 'someday';
  const due = dayKey(dueAt, timeZone);
  const today = dayKey(now, timeZone);
  if (due < today) return 'overdue';
  return due === today ? 'today' : 'later';
}

/** Open tasks by when they are due, then the others by when they were finished: as the API sorts them. */
export function sortTasks(tasks: readonly Task[]): Task[] {
  const due = (task: Task) => (task.due_at ? Date.parse(task.due_at) : Number.POSITIVE_INFINITY);
  const closed = (task: Task) => (task.done_at ? Date.parse(task.done_at) : 0);
  return [...tasks].sort((a, b) => {
    if ((a.status === 'open') !== (b.status === 'open')) return a.status === 'open' ? -1 : 1;
    const byTime = a.status === 'open' ? due(a) - due(b) : closed(b) - closed(a);
    // two without a time: the difference of two infinities is no number
    return byTime || a.id.localeCompare(b.id);
  });
}
