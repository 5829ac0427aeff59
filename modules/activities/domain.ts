import type { Subject } from '@/modules/records/domain';

/** Whose timelines there are. An owner's has what is about its person or organization too. */
export const timelineSubjects = [
  'person',
  'organization',
  'property',
  'owner',
  'verification',
] as const satisfies readonly Subject[];

/** What a person logs by hand. */
export const loggedKinds = ['call', 'email', 'sms', 'linkedin', 'meeting', 'visit'] as const;
export type LoggedKind = (typeof loggedKinds)[number];

/** How an attempt ended; the calling outcomes that change a number's state belong to the calling desk. */
export const loggedOutcomes = [
  'no_answer',
  'left_vm',
  'answered',
  'interested',
  'not_interested',
  'follow_up',
  'meeting_set',
  'invalid_number',
] as const;

export const outcomeWords: Readonly<Record<string, string>> = {
  no_answer: 'No answer',
  left_vm: 'Left a voicemail',
  answered: 'Answered',
  interested: 'Interested',
  not_interested: 'Not interested',
  follow_up: 'Follow up',
  meeting_set: 'Meeting set',
  invalid_number: 'Wrong number',
  closed: 'Closed',
  rejected: 'Rejected',
  do_not_call: 'Do not call',
  pending_signup: 'Pending sign-up',
};

/** The channel that a kind of activity runs over; meetings and visits have none. */
export const channelOf: Readonly<Record<LoggedKind, 'call' | 'email' | 'sms' | 'linkedin' | null>> = {
  call: 'call',
  email: 'email',
  sms: 'sms',
  linkedin: 'linkedin',
  meeting: null,
  visit: null,
};

/** One line of a timeline, as the database gives it. */
export type TimelineEntry = {
  id: string;
  kind: string;
  /** ISO 8601 with an offset. */
  at: string;
  channel: string | null;
  direction: 'out' | 'in' | null;
  subject: string | null;
  body: string | null;
  outcome: string | null;
  sentiment: string | null;
  next_step_at: string | null;
  details: Record<string, unknown>;
  actor_id: string | null;
  actor: string | null;
  edited_at: string | null;
  /** The caller wrote it. */
  is_mine: boolean;
  /** On an owner's timeline: the property it was about. */
  property?: { id: string; name: string } | null;
  /** On an owner's timeline: false where a later outreach has closed its next step. */
  next_step_open?: boolean | null;
};

/** The id of an entry that is shown before the server has answered. */
export const pendingEntryId = 'pending';

/** A page of a timeline, newest first. `nextBefore` is null on the last page. */
export type TimelinePage = { items: TimelineEntry[]; nextBefore: string | null };

const directed: Readonly<Record<string, readonly [out: string, back: string]>> = {
  call: ['called', 'took a call'],
  email: ['sent an e-mail', 'got an e-mail'],
  sms: ['sent a text message', 'got a text message'],
  in_app: ['sent a message', 'got a message'],
  dm: ['sent a direct message', 'got a direct message'],
  linkedin: ['wrote on LinkedIn', 'got a LinkedIn message'],
};

/** What came from the other side, where nobody of ours took it. */
const theirs: Readonly<Record<string, string>> = {
  call: 'called',
  email: 'sent an e-mail',
  sms: 'texted',
  in_app: 'wrote',
  dm: 'wrote',
  linkedin: 'wrote on LinkedIn',
};
const theirCalls: Readonly<Record<string, string>> = {
  'Missed call': 'called, and nobody took it',
  Voicemail: 'left a voicemail',
};

/** Whether the other side did it: it came in, and nobody of ours stands at it. */
export const isTheirs = ({
  kind,
  direction,
  actor_id,
}: Pick<TimelineEntry, 'kind' | 'direction' | 'actor_id'>) =>
  direction === 'in' && actor_id === null && Object.hasOwn(theirs, kind);

const plain: Readonly<Record<string, string>> = {
  note: 'added a note',
  meeting: 'met',
  visit: 'visited',
  site_event: 'was on the website',
  stage_change: 'moved the card',
  status_change: 'changed the status',
  merge: 'merged records',
  system: 'noted',
};

/** What an entry says was done: "called", "added a note", "imported from list.csv". */
export function entryWords(
  entry: Pick<TimelineEntry, 'kind' | 'direction' | 'subject' | 'details' | 'actor_id'>,
): string {
  if (entry.kind === 'import') {
    const verb = entry.details.action === 'created' ? 'imported this' : 'updated this by import';
    return entry.subject ? `${verb} from ${entry.subject}` : verb;
  }
  if (isTheirs(entry)) return theirCalls[entry.subject ?? ''] ?? theirs[entry.kind] ?? '';
  const both = directed[entry.kind];
  if (both) return entry.direction === 'in' ? both[1] : both[0];
  if (entry.kind === 'stage_change' && entry.details.by_rule) return 'moved the card by rule';
  if (entry.kind === 'stage_change' && !entry.details.from) return 'started the verification in';
  return plain[entry.kind] ?? entry.kind.replaceAll('_', ' ');
}

/**
 * Cuts a page so that entries of one instant never fall on two pages: the next one asks for what is older than its mark.
 * @param found up to `size + 1` entries, newest first
 */
export function cutPage(found: readonly TimelineEntry[], size: number): TimelinePage {
  const beyond = found[size];
  if (!beyond) return { items: [...found], nextBefore: null };
  const items = found.slice(0, size);
  while (items.length > 0 && items.at(-1)?.at === beyond.at) items.pop();
  // a page of one single instant can't be cut: its tail is left out rather than asked for for ever
  const kept = items.length > 0 ? items : found.slice(0, size);
  return { items: [...kept], nextBefore: kept.at(-1)?.at ?? null };
}
