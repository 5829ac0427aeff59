/** Which way a recipient goes on: by time, condition and order, on the copy of the launch. */
import { expect, test } from 'vitest';
import type { SnapshotEdge } from '@/modules/campaigns/schema';
import { dueAt, type EdgeFacts, nextMove } from './edges';

const edge = (given: Partial<SnapshotEdge>): SnapshotEdge => ({
  to: 'next',
  days: 0,
  hours: 0,
  minutes: 0,
  condition: 'no_reply',
  ...given,
});
const sentAt = new Date('2026-03-03T16:00:00Z');
const facts = (given: Partial<EdgeFacts> = {}): EdgeFacts => ({
  sentAt,
  isOpened: false,
  isClicked: false,
  isReplied: false,
  timeZone: 'America/Chicago',
  ...given,
});
const days = (count: number) => new Date(sentAt.getTime() + count * 86_400_000);

test('before any way is due, the earliest is waited for', () => {
  const edges = [edge({ days: 3 }), edge({ to: 'opened', days: 1, condition: 'opened' })];
  expect(nextMove(edges, facts(), sentAt)).toEqual({ kind: 'wait', until: days(1) });
  expect(nextMove(edges, facts(), days(1))).toEqual({ kind: 'wait', until: days(3) });
  expect(nextMove(edges, facts({ isOpened: true }), days(1))).toMatchObject({ kind: 'send', to: 'opened' });
});

test('of several that are due, the first in order whose condition holds', () => {
  const edges = [
    edge({ to: 'clicked', condition: 'clicked', days: 1 }),
    edge({ to: 'opened', condition: 'opened', days: 1 }),
    edge({ to: 'else', condition: 'always', days: 1 }),
  ];
  expect(nextMove(edges, facts(), days(2))).toEqual({ kind: 'send', to: 'else', dueAt: days(1) });
  expect(nextMove(edges, facts({ isOpened: true }), days(2))).toMatchObject({ to: 'opened' });
  expect(nextMove(edges, facts({ isOpened: true, isClicked: true }), days(2))).toMatchObject({
    to: 'clicked',
  });
});

test('where no condition holds and no way is ahead, it is over', () => {
  expect(nextMove([], facts(), sentAt)).toEqual({ kind: 'complete' });
  expect(nextMove([edge({ condition: 'opened', days: 1 })], facts(), days(1))).toEqual({ kind: 'complete' });
  expect(nextMove([edge({ days: 1 })], facts({ isReplied: true }), days(1))).toEqual({ kind: 'complete' });
  expect(
    nextMove([edge({ to: 'thanks', condition: 'replied' })], facts({ isReplied: true }), sentAt),
  ).toMatchObject({
    to: 'thanks',
  });
});

test('a delay of days keeps the hour over a change of the clock, and a bad zone counts as UTC', () => {
  const before = new Date('2026-03-07T15:00:00Z');
  expect(dueAt(edge({ days: 1 }), { sentAt: before, timeZone: 'America/Chicago' })).toEqual(
    new Date('2026-03-08T14:00:00Z'),
  );
  expect(
    dueAt(edge({ days: 1, hours: 2, minutes: 5 }), { sentAt: before, timeZone: 'Mars/Olympus' }),
  ).toEqual(new Date('2026-03-08T17:05:00Z'));
});
