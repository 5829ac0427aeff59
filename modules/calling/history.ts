/** What the history of calls can be narrowed to, as an address holds it, and the figures that lead there. Pure, browser-safe. */
import { type CallOutcome, outcomes, type Reached, reachedWords } from './domain';
import type { CallFollowup } from './followup-words';

/** What is counted of calls; each is one condition in the database, `private.call_figure_sql`. */
export const callFigures = ['calls', 'connects', 'talk', 'promised', 'mails'] as const;
export type CallFigure = (typeof callFigures)[number];
export const callFigureWords: Readonly<Record<CallFigure, { label: string; hint: string }>> = {
  calls: { label: 'Calls', hint: 'Every call out, and every call in that somebody took' },
  connects: { label: 'Connects', hint: 'Calls in which somebody was spoken with' },
  talk: { label: 'Talk time', hint: 'How long the calls lasted that were placed from here' },
  promised: { label: 'Promised', hint: 'Calls in which a next step was promised' },
  mails: { label: 'E-mails sent', hint: 'Follow-up e-mails that went' },
};

/** What the history is narrowed to. Days are of the workspace's zone, `YYYY-MM-DD`, both counted. */
export type HistoryState = {
  figure: CallFigure | null;
  /** A user, or `none`: nobody’s. */
  caller: string | null;
  /** `none`: without one. */
  outcomes: (CallOutcome | 'none')[];
  direction: 'out' | 'in' | null;
  reached: Reached | null;
  from: string | null;
  to: string | null;
  person: string | null;
  phone: string | null;
  /** Part of a number or of a name. */
  q: string;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isCalendarDay(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(value)
  );
}

/** What an address asks for; what it can't mean is left out, for an old link must still open. */
export function readHistoryState(
  given: Readonly<Record<string, string | readonly string[] | undefined>>,
): HistoryState {
  const all = (key: string) => {
    const value = given[key];
    return value === undefined ? [] : typeof value === 'string' ? [value] : [...value];
  };
  const first = (key: string) => all(key)[0] ?? '';
  const id = (key: string) => (uuid.test(first(key)) ? first(key) : null);
  const day = (key: string) => (isCalendarDay(first(key)) ? first(key) : null);
  const direction = first('direction');
  return {
    figure: callFigures.find((figure) => figure === first('figure')) ?? null,
    caller: first('caller') === 'none' ? 'none' : id('caller'),
    outcomes: ([...outcomes, 'none'] as const).filter((outcome) => all('outcome').includes(outcome)),
    direction: direction === 'out' || direction === 'in' ? direction : null,
    reached: Object.hasOwn(reachedWords, first('reached')) ? (first('reached') as Reached) : null,
    from: day('from'),
    to: day('to'),
    person: id('person'),
    phone: id('phone'),
    q: first('q').trim().slice(0, 200),
  };
}

/** A state as an address holds it, without what goes without saying. */
export function historySearch(state: Partial<HistoryState>): string {
  const search = new URLSearchParams();
  for (const key of [
    'figure',
    'caller',
    'direction',
    'reached',
    'from',
    'to',
    'person',
    'phone',
    'q',
  ] as const)
    if (state[key]) search.set(key, state[key]);
  for (const outcome of state.outcomes ?? []) search.append('outcome', outcome);
  return search.toString();
}

/** Where the calls stand that a figure counts. */
export function historyHref(state: Partial<HistoryState> = {}): string {
  const search = historySearch(state);
  return `/calls/history${search ? `?${search}` : ''}`;
}

/** A call as the history shows it. Instants are ISO 8601. */
export type HistoryRow = {
  id: string;
  direction: 'out' | 'in';
  via: 'manual' | 'phone' | 'browser';
  status: string;
  started_at: string;
  duration_seconds: number | null;
  outcome: CallOutcome | null;
  reached: Reached | null;
  /** At most 500 characters. */
  notes: string;
  next_step_at: string | null;
  email_captured: string | null;
  has_recording: boolean;
  is_voicemail: boolean;
  undone_at: string | null;
  phone: { id: string; e164: string; do_not_call: boolean };
  by: { id: string; name: string } | null;
  /** Ours. */
  number: { id: string; e164: string; label: string } | null;
  person: { id: string; name: string } | null;
  /** Where nobody was confirmed: whoever it may have been, at most 4. */
  people: { id: string; name: string }[];
  followup: CallFollowup | null;
};

/** One page of the history, the latest first. */
export type HistoryPage = { time_zone: string; rows: HistoryRow[]; next_cursor: string | null };

/** What somebody did, or what was done on a day. `talk` is in seconds. */
export type CallFigures = Record<CallFigure, number> & { outcomes: Partial<Record<CallOutcome, number>> };

/** What was done in a span of days of the workspace's zone. */
export type Leaderboard = {
  time_zone: string;
  from: string;
  to: string;
  today: string;
  totals: CallFigures;
  /** The busiest first. `id` null: nobody’s any more. */
  callers: (CallFigures & { id: string | null; name: string | null })[];
  days: (CallFigures & { day: string })[];
};

/** A length of time as a table shows it: "45 s", "12 min", "3 h 05". @param seconds whole */
export function talkTime(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

const DAY_MS = 86_400_000;
/** A day so many days after another, in the calendar. */
export const addDays = (day: string, count: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** The ranges that are offered, as days back from today. */
export const leaderboardRanges = [
  { key: 'today', label: 'Today', days: 1 },
  { key: '7', label: '7 days', days: 7 },
  { key: '30', label: '30 days', days: 30 },
] as const;
