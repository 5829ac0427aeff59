/** Which way a recipient goes on from the last mail. Pure; on the server alone, for it brings Temporal. */
import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '@/lib/time-zone';
import type { SnapshotEdge } from '@/modules/campaigns/schema';

/** What is known of the last mail and its recipient. */
export type EdgeFacts = {
  sentAt: Date;
  isOpened: boolean;
  isClicked: boolean;
  isReplied: boolean;
  /** Whose days a delay counts: an IANA name; UTC where nobody knows it. */
  timeZone: string;
};

export type Move =
  | { kind: 'send'; to: string; dueAt: Date }
  /** None is due yet: look again then. */
  | { kind: 'wait'; until: Date }
  /** No way is left. */
  | { kind: 'complete' };

function holds(condition: SnapshotEdge['condition'], facts: EdgeFacts): boolean {
  switch (condition) {
    case 'always':
      return true;
    case 'no_reply':
      return !facts.isReplied;
    case 'opened':
      return facts.isOpened;
    case 'clicked':
      return facts.isClicked;
    case 'replied':
      return facts.isReplied;
  }
}

/**
 * When an edge falls due. Days are days of the calendar: a mail of nine in the morning is followed at nine, also over a
 * night in which the clock changes.
 */
export function dueAt(
  edge: SnapshotEdge,
  { sentAt, timeZone }: Pick<EdgeFacts, 'sentAt' | 'timeZone'>,
): Date {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const due = Temporal.Instant.fromEpochMilliseconds(sentAt.getTime())
    .toZonedDateTimeISO(zone)
    .add({ days: edge.days, hours: edge.hours, minutes: edge.minutes });
  return new Date(due.epochMilliseconds);
}

/**
 * The first way, in the order in which they are asked, whose time has come and whose condition holds; else when to look
 * again; else the end.
 * @param edges of the step that was sent last
 */
export function nextMove(edges: SnapshotEdge[], facts: EdgeFacts, now: Date): Move {
  const timed = edges.map((edge) => ({ edge, due: dueAt(edge, facts) }));
  const taken = timed.find(({ edge, due }) => due <= now && holds(edge.condition, facts));
  if (taken) return { kind: 'send', to: taken.edge.to, dueAt: taken.due };
  const ahead = timed.filter(({ due }) => due > now).map(({ due }) => due.getTime());
  return ahead.length > 0 ? { kind: 'wait', until: new Date(Math.min(...ahead)) } : { kind: 'complete' };
}
