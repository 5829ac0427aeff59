/**
 * What the next days can carry: capacity of each domain by hours, pace and cap, what of the queue goes on which day, and
 * the day on which a campaign's last mail goes. Pure; on the server alone, for it brings Temporal.
 */
import { Temporal } from 'temporal-polyfill';
import { isUsHoliday } from '@/modules/gate/holidays';
import type {
  AnalyticsEdge,
  AnalyticsStep,
  DomainState,
  Forecast,
  Hours,
  Queued,
  QueuedStep,
  WeekDay,
} from './types';

/** What a domain may send on a day of the workspace's calendar, `YYYY-MM-DD`. */
export type CapOn = (domain: DomainState, day: string) => number;

/** The hours of a campaign that says nothing else. */
export const officeHours: Hours = {
  hours_start: '09:00',
  hours_end: '17:00',
  days: [1, 2, 3, 4, 5],
  skip_holidays: false,
};

/** Nobody plans further. */
const searchDays = 730;

const secondsOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60;
};
const isOpenOn = (hours: Hours, date: Temporal.PlainDate): boolean =>
  hours.days.includes(date.dayOfWeek) && !(hours.skip_holidays && isUsHoliday(date));
const isUsable = (domain: DomainState): boolean => domain.status === 'active';

/**
 * How many mails a domain can send on a day: as many as its pace has room for within the hours, and no more than its cap.
 * @param options.hours null where nothing goes on that day
 * @param options.fromSeconds the day's second at which it begins: hours that are past send nothing
 * @param options.sent how many it sent on that day already
 */
export function domainCapacity(
  domain: DomainState,
  {
    cap,
    hours,
    fromSeconds = 0,
    sent = 0,
  }: { cap: number; hours: Hours; fromSeconds?: number; sent?: number },
): number {
  const seconds = secondsOf(hours.hours_end) - Math.max(secondsOf(hours.hours_start), fromSeconds);
  if (seconds <= 0 || !isUsable(domain)) return 0;
  const left = Math.max(0, cap - sent);
  // by chance up to `jitter_seconds` more: half of it in the long run
  const pace = domain.interval_seconds + domain.jitter_seconds / 2;
  return pace > 0 ? Math.min(left, Math.floor(seconds / pace) + 1) : left;
}

type Present = { date: Temporal.PlainDate; seconds: number };
function presentIn(now: Date, zone: string): Present {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  return { date: here.toPlainDate(), seconds: here.hour * 3600 + here.minute * 60 + here.second };
}

/** The hours of one day that several campaigns leave open together: from the first to the last of those open then. */
function hoursOn(windows: readonly Hours[], date: Temporal.PlainDate): Hours | null {
  const open = windows.filter((hours) => isOpenOn(hours, date));
  const [first] = open;
  if (!first) return null;
  const starts = open.map((hours) => hours.hours_start).sort();
  const ends = open.map((hours) => hours.hours_end).sort();
  return { ...first, hours_start: starts[0] ?? first.hours_start, hours_end: ends.at(-1) ?? first.hours_end };
}

/**
 * The next days: what each domain can send, and how much of its queue goes on each; what doesn't is carried to the next.
 * @param windows hours of the campaigns that are under way; none: those of an office
 * @returns the days, the first of which is today, and how many mails are left after them
 */
export function planWeek(given: {
  domains: readonly DomainState[];
  queues: readonly Queued[];
  windows: readonly Hours[];
  zone: string;
  now: Date;
  capOn: CapOn;
  days?: number;
}): { week: WeekDay[]; later: number } {
  const { domains, queues, zone, now, capOn, days = 7 } = given;
  const windows = given.windows.length > 0 ? given.windows : [officeHours];
  const present = presentIn(now, zone);
  const carried = new Map<string, number>();
  const week = Array.from({ length: days }, (_, index): WeekDay => {
    const date = present.date.add({ days: index });
    const day = date.toString();
    const hours = hoursOn(windows, date);
    const each = domains.map((domain) => {
      const due = queues
        .filter((queued) => queued.domain_id === domain.id && queued.day === day)
        .reduce((sum, queued) => sum + queued.count, carried.get(domain.id) ?? 0);
      const capacity = hours
        ? domainCapacity(domain, {
            cap: capOn(domain, day),
            hours,
            ...(index === 0 && { fromSeconds: present.seconds, sent: domain.sent_today }),
          })
        : 0;
      const planned = Math.min(due, capacity);
      carried.set(domain.id, due - planned);
      return { id: domain.id, capacity, planned };
    });
    return {
      day,
      is_open: hours !== null,
      capacity: each.reduce((sum, { capacity }) => sum + capacity, 0),
      planned: each.reduce((sum, { planned }) => sum + planned, 0),
      domains: each,
    };
  });
  const last = week.at(-1)?.day ?? '';
  const beyond = queues.filter((queued) => queued.day > last).reduce((sum, queued) => sum + queued.count, 0);
  return { week, later: [...carried.values()].reduce((sum, count) => sum + count, 0) + beyond };
}

/** The way on of somebody who doesn't answer: the first that asks for no reply, or for nothing. */
export const silentEdge = (step: AnalyticsStep | undefined): AnalyticsEdge | null =>
  step?.edges.find(({ condition }) => condition === 'no_reply' || condition === 'always') ?? null;

/** A delay in whole days of the calendar: what is due after the hours goes with the next day's. */
const wholeDays = ({ days, hours, minutes }: AnalyticsEdge): number =>
  days + (hours * 60 + minutes >= 720 ? 1 : 0);

/**
 * The first mails of a draft as its launch would hand them out: to the domains that can send, each by its cap.
 * @param given.entry the mail that it begins with  @param given.count its recipients
 * @param given.startsAt ISO 8601, or null where it begins at once  @param given.today of the workspace's calendar
 */
export function draftMails(given: {
  entry: string | null;
  count: number;
  startsAt: string | null;
  today: string;
  zone: string;
  domains: readonly DomainState[];
}): QueuedStep[] {
  const { entry, count, startsAt, today, zone } = given;
  if (entry === null || count === 0) return [];
  const start = startsAt && Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone).toPlainDate().toString();
  const day = start && start > today ? start : today;
  const usable = given.domains.filter(isUsable);
  if (usable.length === 0) return [{ step_id: entry, domain_id: null, day, count }];
  const caps = usable.reduce((sum, { daily_cap }) => sum + daily_cap, 0);
  let cap = 0;
  let handed = 0;
  return usable.map(({ id, daily_cap }) => {
    cap += daily_cap;
    const before = handed;
    handed = Math.round((count * cap) / caps);
    return { step_id: entry, domain_id: id, day, count: handed - before };
  });
}

/**
 * The day of a campaign's last mail, if nobody answers: each mail that waits, and each that follows from it, goes on the
 * first day from its own on that has room on its domain. Room is shared with what other campaigns have queued there.
 * @param given.waiting the campaign's mails in the queue or in review, @param given.underWay recipients between two mails
 * @param given.queues everything that waits for the domains, the campaign's own included where it is running
 */
export function forecastEnd(given: {
  hours: Hours;
  steps: readonly AnalyticsStep[];
  waiting: readonly QueuedStep[];
  underWay: readonly QueuedStep[];
  queues: readonly Queued[];
  isRunning: boolean;
  domains: readonly DomainState[];
  zone: string;
  now: Date;
  capOn: CapOn;
}): Forecast {
  const { hours, waiting, underWay, queues, isRunning, zone, now, capOn } = given;
  const steps = new Map(given.steps.map((step) => [step.id, step]));
  const usable = given.domains.filter(isUsable);
  const followed = (mails: QueuedStep): QueuedStep | null => {
    const edge = silentEdge(steps.get(mails.step_id));
    return edge && { ...mails, step_id: edge.to };
  };
  const pending: QueuedStep[] = [
    ...waiting,
    ...underWay.flatMap((mails) => {
      const next = followed(mails);
      return next ? [next] : [];
    }),
  ];
  if (pending.length === 0) return { kind: 'done' };
  if (usable.length === 0) return { kind: 'stuck' };

  const present = presentIn(now, zone);
  // mails of a domain that can't send move to another one
  const lanes = usable.map((domain) => ({ domain, own: [] as QueuedStep[], others: 0 }));
  const laneOf = (id: string | null) => lanes.find(({ domain }) => domain.id === id);
  const load = (lane: (typeof lanes)[number]) => lane.own.reduce((sum, { count }) => sum + count, 0);
  const place = (mails: QueuedStep) => {
    const lane = laneOf(mails.domain_id) ?? [...lanes].sort((a, b) => load(a) - load(b))[0];
    lane?.own.push(mails);
  };
  for (const mails of pending) place({ ...mails });
  const othersOn = (id: string, day: string): number => {
    const sum = (list: readonly Queued[]) =>
      list
        .filter((queued) => queued.domain_id === id && queued.day === day)
        .reduce((total, { count }) => total + count, 0);
    return Math.max(0, sum(queues) - (isRunning ? sum(waiting) : 0));
  };

  let mails = 0;
  let last = '';
  let idle = 0;
  for (let index = 0; index < searchDays; index += 1) {
    const date = present.date.add({ days: index });
    const day = date.toString();
    const isOpen = isOpenOn(hours, date);
    let isSending = false;
    for (const lane of lanes) {
      lane.others += othersOn(lane.domain.id, day);
      const due = lane.own.filter((each) => each.day <= day).sort((a, b) => (a.day < b.day ? -1 : 1));
      const own = due.reduce((sum, { count }) => sum + count, 0);
      const room = isOpen
        ? domainCapacity(lane.domain, {
            cap: capOn(lane.domain, day),
            hours,
            ...(index === 0 && { fromSeconds: present.seconds, sent: lane.domain.sent_today }),
          })
        : 0;
      const total = own + lane.others;
      if (room === 0 || total === 0) continue;
      let share = total <= room ? own : Math.min(own, Math.ceil((room * own) / total));
      lane.others -= Math.min(lane.others, room - share);
      for (const each of due) {
        const sent = Math.min(share, each.count);
        if (sent === 0) break;
        share -= sent;
        each.count -= sent;
        mails += sent;
        last = day;
        isSending = true;
        const edge = silentEdge(steps.get(each.step_id));
        if (edge)
          lane.own.push({
            ...each,
            step_id: edge.to,
            count: sent,
            day: date.add({ days: wholeDays(edge) }).toString(),
          });
      }
      lane.own = lane.own.filter(({ count }) => count > 0);
    }
    if (lanes.every(({ own }) => own.length === 0)) return { kind: 'ends', day: last, mails };
    const isWaiting = lanes.some(({ own }) => own.some((each) => each.day <= day));
    idle = isSending || !isWaiting ? 0 : idle + 1;
    // two months of due mails and no room for one: nothing opens any more
    if (idle > 60) return { kind: 'stuck' };
  }
  return { kind: 'endless' };
}
