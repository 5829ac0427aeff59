import { expect, test } from 'vitest';
import { dueGroup, sortTasks, subjectHref, type Task } from './domain';

const task = (given: Partial<Task>): Task => ({
  id: 'a',
  title: 'Call',
  due_at: null,
  status: 'open',
  priority: 'normal',
  assigned_to: null,
  assignee: null,
  source: 'person',
  created_at: '2026-11-21T12:00:00Z',
  done_at: null,
  done_by: null,
  about: null,
  ...given,
});

test('today is the reader’s day, not the server’s', () => {
  const now = Date.parse('2026-11-22T03:00:00Z');
  expect(dueGroup('2026-11-21T23:00:00Z', 'America/Chicago', now)).toBe('today');
  expect(dueGroup('2026-11-21T23:00:00Z', 'Europe/Vienna', now)).toBe('today');
  expect(dueGroup('2026-11-21T20:00:00Z', 'Europe/Vienna', now)).toBe('overdue');
  expect(dueGroup('2026-11-23T20:00:00Z', 'Europe/Vienna', now)).toBe('later');
  expect(dueGroup(null, 'UTC', now)).toBe('someday');
});

test('open tasks come first, by their time, those without one last; finished ones by when they were', () => {
  const sorted = sortTasks([
    task({ id: 'done', status: 'done', done_at: '2026-11-20T00:00:00Z' }),
    task({ id: 'never 2' }),
    task({ id: 'never 1' }),
    task({ id: 'later done', status: 'done', done_at: '2026-11-21T00:00:00Z' }),
    task({ id: 'soon', due_at: '2026-11-22T00:00:00Z' }),
    task({ id: 'sooner', due_at: '2026-11-21T00:00:00Z' }),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual(['sooner', 'soon', 'never 1', 'never 2', 'later done', 'done']);
});

test('a card has its page on the board', () => {
  expect(subjectHref({ kind: 'verification', id: '1' })).toBe('/verification?card=1');
});
