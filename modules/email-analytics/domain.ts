/** What is counted of e-mails: names, words, rates and addresses. Pure, without zod and without Temporal: the browser has it. */
import { formatNumber } from '@/lib/format';

/** What a mail can count for, as the API and the database (`private.email_figure_sql`) call it. */
export const emailFigures = [
  'staged',
  'queued',
  'held',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'complained',
  'unsubscribed',
  'dropped',
  'failed',
  'unknown',
] as const;
export type EmailFigure = (typeof emailFigures)[number];

/** How many mails count for each figure; what counts none is left out. */
export type EmailCounts = Partial<Record<EmailFigure, number>>;
/** Counts of the mails of one step, variant and domain. */
export type CountedGroup = EmailCounts & {
  step_id: string | null;
  variant: number;
  domain_id: string | null;
};

/** How a figure is spoken of, and of which other one its share is told. */
export const emailFigureWords: Readonly<
  Record<EmailFigure, { label: string; definition: string; of?: 'sent' | 'delivered' }>
> = {
  staged: { label: 'In review', definition: 'Written, and waiting for somebody to accept them.' },
  queued: { label: 'Queued', definition: 'Accepted, and waiting for their time.' },
  held: { label: 'Held', definition: 'Queued, and held back when their turn came: each says why.' },
  sent: { label: 'Sent', definition: 'Taken by the mail provider.' },
  delivered: { label: 'Delivered', definition: 'Taken by the recipient’s mail server.', of: 'sent' },
  opened: {
    label: 'Opened',
    definition: 'Opened at least once. Mail programs that load pictures by themselves count as well.',
    of: 'delivered',
  },
  clicked: { label: 'Clicked', definition: 'A link was followed at least once.', of: 'delivered' },
  replied: { label: 'Replied', definition: 'Answered by a person.', of: 'delivered' },
  bounced: { label: 'Bounced', definition: 'Given back by the recipient’s mail server.', of: 'sent' },
  complained: { label: 'Complained', definition: 'Reported as spam.', of: 'delivered' },
  unsubscribed: {
    label: 'Unsubscribed',
    definition: 'Unsubscribed from this very mail.',
    of: 'delivered',
  },
  dropped: { label: 'Not sent', definition: 'Will never be sent: each says why.' },
  failed: { label: 'Failed', definition: 'Could not be sent. Somebody can send them again.' },
  unknown: {
    label: 'Not known',
    definition: 'May have been sent: no clear answer came. They are never sent again by themselves.',
  },
};

/** The counts of several groups together. */
export function sumCounts(groups: readonly EmailCounts[]): EmailCounts {
  const sum: EmailCounts = {};
  for (const group of groups) {
    for (const figure of emailFigures) {
      const count = group[figure];
      if (count) sum[figure] = (sum[figure] ?? 0) + count;
    }
  }
  return sum;
}

/**
 * The share of a figure, in per cent: of the mails sent, or of those delivered.
 * @returns null where it has none, or nothing was sent
 */
export function figureRate(counts: EmailCounts, figure: EmailFigure): number | null {
  const { of } = emailFigureWords[figure];
  if (!of) return null;
  const base = counts[of] ?? 0;
  return base > 0 ? (100 * (counts[figure] ?? 0)) / base : null;
}

/** A share as people read it: small ones, such as complaints, keep their digits. */
export const formatRate = (rate: number): string =>
  `${formatNumber(rate, rate > 0 && rate < 1 ? 2 : rate < 10 ? 1 : 0)}%`;

/** Complaints per delivered mail, in per cent: from here on mail is put among spam, and from there on refused. */
export const complaintLimits = { warning: 0.1, danger: 0.3 } as const;
/** Bounces per sent mail, in per cent: from here on an account is watched, and from there on it may be stopped. */
export const bounceLimits = { warning: 5, danger: 10 } as const;

export type HealthLevel = 'unknown' | 'good' | 'warning' | 'danger';

/**
 * How a rate stands against its limits.
 * @param rate in per cent, null where nothing was sent
 * @see https://support.google.com/a/answer/81126 "Keep spam rates below 0.1 % and prevent them from ever reaching 0.3 %"
 * @see https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-bounce-rate.html 5 % under review, 10 % may be paused
 */
export function healthLevel(
  rate: number | null,
  limits: { readonly warning: number; readonly danger: number },
): HealthLevel {
  if (rate === null) return 'unknown';
  if (rate >= limits.danger) return 'danger';
  return rate >= limits.warning ? 'warning' : 'good';
}

/** The parts of the outbox: what is to go, the next first; what went; what will not go. */
export const outboxViews = ['waiting', 'sent', 'stopped', 'all'] as const;
export type OutboxView = (typeof outboxViews)[number];
export const outboxViewWords: Readonly<Record<OutboxView, string>> = {
  waiting: 'Going out',
  sent: 'Sent',
  stopped: 'Not sent',
  all: 'All',
};

/** Which mails are asked for. */
export type OutboxState = {
  view: OutboxView;
  figure: EmailFigure | null;
  campaign: string | null;
  step: string | null;
  variant: 0 | 1 | null;
  domain: string | null;
  person: string | null;
  /** Sent in the last days, today included. */
  days: number | null;
  to: string;
};

const viewFigures: Readonly<Record<OutboxView, readonly EmailFigure[]>> = {
  waiting: ['queued', 'staged', 'held'],
  sent: ['sent', 'delivered', 'opened', 'clicked', 'replied', 'bounced', 'complained', 'unsubscribed'],
  stopped: ['dropped', 'failed', 'unknown'],
  all: emailFigures,
};
/** What a view can be narrowed to; the first of `waiting`, `sent` and `stopped` is what they are without. */
export const figuresOfView = (view: OutboxView): readonly EmailFigure[] => viewFigures[view];
/** The figure that a state asks for, with what its view goes without saying. */
export const askedFigure = (state: Pick<OutboxState, 'view' | 'figure'>): EmailFigure | null =>
  state.figure ?? (state.view === 'all' ? null : (viewFigures[state.view][0] ?? null));
/** The view that shows a figure. */
export const viewOfFigure = (figure: EmailFigure): OutboxView =>
  outboxViews.find((view) => viewFigures[view].includes(figure)) ?? 'all';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What an address asks for; what it can't mean is left out, for an old link must still open. */
export function readOutboxState(
  given: Readonly<Record<string, string | readonly string[] | undefined>>,
): OutboxState {
  const first = (key: string) => {
    const value = given[key];
    return (typeof value === 'string' ? value : value?.[0]) ?? '';
  };
  const id = (key: string) => (uuid.test(first(key)) ? first(key) : null);
  const figure = emailFigures.find((each) => each === first('figure')) ?? null;
  const asked = outboxViews.find((each) => each === first('view'));
  const view = asked ?? (figure ? viewOfFigure(figure) : 'waiting');
  const days = Number(first('days'));
  return {
    view,
    figure: figure && viewFigures[view].includes(figure) ? figure : null,
    campaign: id('campaign'),
    step: id('step'),
    variant: first('variant') === '0' ? 0 : first('variant') === '1' ? 1 : null,
    domain: id('domain'),
    person: id('person'),
    days: Number.isInteger(days) && days >= 1 && days <= 366 ? days : null,
    to: first('to').trim().slice(0, 200),
  };
}

/** A state as an address holds it, without what goes without saying. */
export function outboxSearch(state: Partial<OutboxState>): string {
  const search = new URLSearchParams();
  const { figure, view = figure ? viewOfFigure(figure) : 'waiting' } = state;
  if (view !== (figure ? viewOfFigure(figure) : 'waiting')) search.set('view', view);
  for (const key of ['figure', 'campaign', 'step', 'variant', 'domain', 'person', 'days', 'to'] as const) {
    const value = state[key];
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  return search.toString();
}

/** Where the mails stand that a figure counts. */
export function outboxHref(state: Partial<OutboxState> = {}): string {
  const search = outboxSearch(state);
  return `/campaigns/outbox${search ? `?${search}` : ''}`;
}
