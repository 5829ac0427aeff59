'use client';

import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { sortTasks, type Task, type TaskPage, type TaskPriority, type WorkSubject } from '../domain';

/** What a form asks to be written. Times are ISO 8601. */
export type TaskDraft = {
  title: string;
  due_at: string | null;
  priority: TaskPriority;
  assigned_to: string | null;
};

/** A colleague whom a task can be given to. */
export type Assignee = { id: string; name: string };

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'Try again.');

/** The members of the workspace, for choosing an assignee; asked for once. */
export function useAssignees(): readonly Assignee[] {
  const { data } = useQuery({
    queryKey: ['members', 'assignees'],
    queryFn: async ({ signal }) => {
      const { items } = await api<{ items: { user_id: string; full_name: string; email: string }[] }>(
        'GET',
        '/api/members',
        undefined,
        { signal },
      );
      return items.map((member) => ({ id: member.user_id, name: member.full_name || member.email }));
    },
    staleTime: 300_000,
  });
  return data ?? [];
}

/** The tasks of a subject, kept fresh by what others do. */
export function useTasks({ kind, id }: WorkSubject) {
  const client = useQueryClient();
  const queryKey = ['tasks', kind, id];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      api<TaskPage>('GET', `/api/tasks?subject=${kind}&id=${id}&limit=200`, undefined, { signal }),
  });
  useLive('tasks', (ids) => {
    if (ids === null || ids.includes(id)) void client.invalidateQueries({ queryKey });
  });
  return { ...query, queryKey };
}

/**
 * Writes to tasks of one list: each shows at once, and is put back with the reason where the server says no.
 * @param queryKey the list's; it holds a TaskPage
 */
export function useTaskWrites(queryKey: QueryKey) {
  const client = useQueryClient();

  /** Changes what is shown; returns what puts it back. */
  function show(edit: (rows: Task[]) => Task[]) {
    const before = client.getQueryData<TaskPage>(queryKey);
    client.setQueryData<TaskPage>(queryKey, (page) => page && { ...page, rows: sortTasks(edit(page.rows)) });
    return () => client.setQueryData(queryKey, before);
  }
  const refresh = () => client.invalidateQueries({ queryKey: ['tasks'] });

  async function change(task: Task, changes: Partial<Omit<TaskDraft, 'due_at'>> & Partial<Task>) {
    const putBack = show((rows) => rows.map((row) => (row.id === task.id ? { ...row, ...changes } : row)));
    const { assignee: _, done_at: __, done_by: ___, ...body } = changes;
    try {
      await api('PATCH', `/api/tasks/${task.id}`, body);
    } catch (error) {
      putBack();
      throw error;
    } finally {
      void refresh();
    }
  }

  /** Finishes, dismisses or reopens a task, with the way back. */
  async function setStatus(task: Task, status: Task['status']) {
    const said = { open: 'Reopened', done: 'Done', dismissed: 'Dismissed' }[status];
    try {
      await change(task, { status, done_at: status === 'done' ? new Date().toISOString() : null });
      notify.success(`${said}: ${task.title}`, {
        action: { label: 'Undo', onClick: () => void setStatusBack(task, status) },
      });
    } catch (error) {
      notify.error(`“${task.title}” is as it was`, { description: messageOf(error) });
    }
  }
  async function setStatusBack(task: Task, from: Task['status']) {
    try {
      await change({ ...task, status: from }, { status: task.status, done_at: task.done_at });
    } catch (error) {
      notify.error('Not undone', { description: messageOf(error) });
    }
  }

  /** Deletes a task, with the way back. */
  async function remove(task: Task) {
    const putBack = show((rows) => rows.filter((row) => row.id !== task.id));
    try {
      await api('DELETE', `/api/tasks/${task.id}`);
      notify.success(`Deleted: ${task.title}`, {
        action: { label: 'Undo', onClick: () => void restore(task) },
      });
    } catch (error) {
      putBack();
      notify.error(`“${task.title}” was not deleted`, { description: messageOf(error) });
    }
    await refresh();
  }
  async function restore(task: Task) {
    show((rows) => [...rows.filter((row) => row.id !== task.id), task]);
    try {
      await api('POST', `/api/tasks/${task.id}/restore`);
    } catch (error) {
      notify.error(`“${task.title}” was not brought back`, { description: messageOf(error) });
    }
    await refresh();
  }

  /**
   * Adds a task to a subject. Rejects with the reason; nothing typed is lost then.
   * @param isShown whether it belongs on this list: somebody else's is not among one's own
   */
  async function add(
    subject: WorkSubject & { name?: string },
    draft: TaskDraft,
    assignee: string | null,
    isShown = true,
  ) {
    const task: Task = {
      id: crypto.randomUUID(),
      ...draft,
      assignee,
      status: 'open',
      source: 'person',
      created_at: new Date().toISOString(),
      done_at: null,
      done_by: null,
      about: subject.name === undefined ? null : { kind: subject.kind, id: subject.id, name: subject.name },
    };
    const putBack = show((rows) => (isShown ? [...rows, task] : rows));
    try {
      await api('POST', '/api/tasks', { id: task.id, ...draft, [`${subject.kind}_id`]: subject.id });
    } catch (error) {
      putBack();
      throw error;
    } finally {
      void refresh();
    }
  }

  return { change, setStatus, remove, add };
}
