/** The figures a team steers by: their names, words and addresses. Pure and without zod: pages and browser use it alike. */
import { formatNumber } from '@/lib/format';

/** What is measured, as the API and the database call it. Rates are per cent, the cycle time is in days. */
export const figures = ['contact_rate', 'approval_rate', 'cycle_time_days'] as const;
export type Figure = (typeof figures)[number];

/** A figure and what it was counted from. `value` is null where nothing was counted. */
export type MetricValue = { value: number | null; hits: number; count: number };
/** A figure of one person. `id` is null where nobody is assigned. */
export type MetricPerson = MetricValue & { id: string | null; name: string | null };
/** A figure of an ISO week, such as `2026-W47`; `starts_on` is its Monday, `YYYY-MM-DD`. */
export type MetricWeek = MetricValue & { week: string; starts_on: string };
/** A figure with the days before it, the last twelve weeks and by person. */
export type Metric = MetricValue & { previous: MetricValue; weeks: MetricWeek[]; people: MetricPerson[] };
/** All figures. The days are those of the workspace's time zone, `YYYY-MM-DD`, the first and last included. */
export type Metrics = Record<Figure, Metric> & {
  time_zone: string;
  days: number;
  from: string;
  to: string;
  previous_from: string;
  previous_to: string;
};

type Named = { id: string; name: string };
type CountedRow = { id: string; at: string; is_hit: boolean; by: Named | null; owner: Named | null };
/** An outreach that the contact rate counts; `at` is when it happened. */
export type OutreachRow = CountedRow & {
  kind: string;
  direction: 'in' | 'out' | null;
  outcome: string;
  text: string;
  card_id: string | null;
  person: Named | null;
  organization: Named | null;
  property: Named | null;
};
/** A card that a figure counts; `at` is when it was made, or won for the cycle time, whose `days` it took. */
export type CardRow = CountedRow & {
  days: number | null;
  made_at: string;
  stage: { name: string; result: 'open' | 'won' | 'lost' };
  property: Named;
};
/** One page of what a figure counts, the latest first; `summary` and `people` come with the first page alone. */
export type MetricRows = {
  time_zone: string;
  from: string;
  to: string;
  rows: (OutreachRow | CardRow)[];
  summary?: MetricValue;
  people?: MetricPerson[];
  nextCursor: string | null;
};

/** Whether a counted row is an outreach; else it is a card. */
export const isOutreach = (row: OutreachRow | CardRow): row is OutreachRow => 'outcome' in row;

/** How a figure is spoken of. */
export type FigureWords = {
  /** Its part of an address. */
  slug: string;
  title: string;
  /** What is counted, in one sentence. */
  definition: string;
  /** What a counted row is called. */
  one: string;
  many: string;
  /** What a row that counts for the figure did, and what the others did. */
  hit: string;
  miss: string;
  /** Heading of the figure by person. */
  byPerson: string;
  /** What to do where there is nothing to count, and where that is done. */
  start: { text: string; label: string; href: string };
};

export const figureWords: Readonly<Record<Figure, FigureWords>> = {
  contact_rate: {
    slug: 'contact-rate',
    title: 'Contact rate',
    definition:
      'Of all logged outreach with an outcome, the share that ended in interested, meeting set or follow up.',
    one: 'attempt',
    many: 'attempts',
    hit: 'Led on',
    miss: 'Did not lead on',
    byPerson: 'By who reached out',
    start: {
      text: 'Log a call, e-mail or message with its outcome on an owner or a person.',
      label: 'Open the owners',
      href: '/owners',
    },
  },
  approval_rate: {
    slug: 'approval-rate',
    title: 'Approval rate',
    definition:
      'Of the cards made in this time, the share that stands in a won stage. A card that left it again doesn’t count.',
    one: 'card',
    many: 'cards',
    hit: 'Won',
    miss: 'Not won',
    byPerson: 'By assignee',
    start: {
      text: 'Put a property on the verification board.',
      label: 'Open the board',
      href: '/verification',
    },
  },
  cycle_time_days: {
    slug: 'cycle-time',
    title: 'Cycle time',
    definition:
      'Days from the making of a card to its first move into a won stage: the mean of the cards won in this time.',
    one: 'won card',
    many: 'won cards',
    hit: 'Won',
    miss: 'Not won',
    byPerson: 'By assignee',
    start: {
      text: 'Move a card into a won stage, such as Signed.',
      label: 'Open the board',
      href: '/verification',
    },
  },
};

/** The figure whose page has this address, or null. */
export const figureOfSlug = (slug: string): Figure | null =>
  figures.find((figure) => figureWords[figure].slug === slug) ?? null;

/** Lengths of time that the pages offer, in days. */
export const offeredDays = [7, 30, 90] as const;
export const defaultDays = 30;
export const maxDays = 366;

/** Which rows of a figure are asked for. `by` is a user's id, or `none` for cards that nobody is assigned to. */
export type MetricState = {
  days: number;
  period: 'current' | 'previous';
  /** An ISO week instead of the days. */
  week: string | null;
  by: string | null;
  result: 'hit' | 'miss' | null;
};

const DAY_MS = 86_400_000;
const isoWeek = /^(\d{4})-W(\d{2})$/;

/**
 * The Monday of an ISO 8601 week.
 * @param week such as `2026-W47`
 * @returns `YYYY-MM-DD`, or null where the year has no such week
 */
export function weekStart(week: string): string | null {
  const [, year, number] = isoWeek.exec(week) ?? [];
  if (!year || !number || Number(number) < 1 || year < '1900') return null;
  // January 4 is always in week 1
  const fourth = Date.parse(`${year}-01-04T00:00:00Z`);
  const first = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
  const monday = new Date(first + (Number(number) - 1) * 7 * DAY_MS);
  // a week belongs to the year of its Thursday
  const thursday = new Date(monday.getTime() + 3 * DAY_MS);
  return thursday.getUTCFullYear() === Number(year) ? monday.toISOString().slice(0, 10) : null;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What an address asks for; what it can't mean is left out, for an old link must still open. */
export function readMetricState(
  given: Readonly<Record<string, string | readonly string[] | undefined>>,
): MetricState {
  const first = (key: string) => {
    const value = given[key];
    return (typeof value === 'string' ? value : value?.[0]) ?? '';
  };
  const days = Number(first('days'));
  const week = first('week');
  const by = first('by');
  const result = first('result');
  return {
    days: Number.isInteger(days) && days >= 1 && days <= maxDays ? days : defaultDays,
    period: first('period') === 'previous' ? 'previous' : 'current',
    week: weekStart(week) ? week : null,
    by: by === 'none' || uuid.test(by) ? by : null,
    result: result === 'hit' || result === 'miss' ? result : null,
  };
}

/** A state as an address and the API hold it, without what goes without saying. */
export function metricSearch(state: Partial<MetricState>): string {
  const { days = defaultDays, period = 'current', week, by, result } = state;
  const search = new URLSearchParams();
  if (week) search.set('week', week);
  else {
    if (days !== defaultDays) search.set('days', String(days));
    if (period !== 'current') search.set('period', period);
  }
  if (by) search.set('by', by);
  if (result) search.set('result', result);
  return search.toString();
}

/** Where the rows stand that a figure counts. */
export function metricHref(figure: Figure, state: Partial<MetricState> = {}): string {
  const search = metricSearch(state);
  return `/reports/${figureWords[figure].slug}${search ? `?${search}` : ''}`;
}

/** A figure in words: "49.2%", "24.6 days", or null where nothing was counted. */
export function formatMetric(figure: Figure, value: number | null): string | null {
  if (value === null) return null;
  if (figure !== 'cycle_time_days') return `${formatNumber(value, 1)}%`;
  const days = formatNumber(value, 1);
  return `${days} ${days === '1' ? 'day' : 'days'}`;
}

/** What a figure was counted from: "2 of 5 attempts", "1 won card". */
export function countedWords(figure: Figure, { hits, count }: MetricValue): string {
  const { one, many } = figureWords[figure];
  const noun = count === 1 ? one : many;
  return figure === 'cycle_time_days'
    ? `${formatNumber(count)} ${noun}`
    : `${formatNumber(hits)} of ${formatNumber(count)} ${noun}`;
}

/**
 * How a figure stands against the days before: "+4.1 points", "−1 day", "No change".
 * @returns null where either counted nothing
 */
export function metricChange(figure: Figure, now: MetricValue, before: MetricValue): string | null {
  if (now.value === null || before.value === null) return null;
  // rounded as both are shown, so that the three numbers agree
  const difference = Math.round(now.value * 10) - Math.round(before.value * 10);
  if (difference === 0) return 'No change';
  const amount = formatNumber(Math.abs(difference) / 10, 1);
  const unit = figure === 'cycle_time_days' ? 'day' : 'point';
  return `${difference > 0 ? '+' : '−'}${amount} ${unit}${amount === '1' ? '' : 's'}`;
}

/**
 * The end of a chart's scale: 100 per cent at most for a rate, and a round number not far above the highest.
 * @param values what is shown
 */
export function chartTop(figure: Figure, values: readonly (number | null)[]): number {
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  const steps = [1, 2, 5, 10, 20, 25, 30, 40, 50, 60, 80, 100];
  const top = steps.find((step) => step >= highest);
  if (top) return top;
  return figure === 'cycle_time_days' ? Math.ceil(highest / 50) * 50 : 100;
}

/** Days as people write them: "Oct 23 – Nov 21". @param from `YYYY-MM-DD` @param to the last day, included */
export function formatDays(from: string, to: string): string {
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const show = (day: string, withYear: boolean) =>
    new Intl.DateTimeFormat('en-US', {
      month: 'short',
      day: 'numeric',
      ...(withYear && { year: 'numeric' }),
      timeZone: 'UTC',
    }).format(Date.parse(`${day}T00:00:00Z`));
  return `${show(from, !sameYear)} – ${show(to, !sameYear)}`;
}

/** A day without its year: "Nov 16". @param day `YYYY-MM-DD` */
export function formatDate(day: string): string {
  return new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}
