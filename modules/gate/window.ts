/** Sending hours: when they are open, and when they open next, by the clock on the wall of a zone. Pure. */
import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '@/lib/time-zone';
import { isUsHoliday } from './holidays';
import type { Reason } from './reasons';

/** From `start` on, until before `end`: at 09:00:00 it is open, at 17:00:00 it is not. */
export type SendingWindow = {
  /** `HH:mm` or `HH:mm:ss`. */
  start: string;
  /** The same; `24:00` is the end of the day. */
  end: string;
  /** ISO: 1 is Monday. */
  days: number[];
  skipHolidays: boolean;
};

const DAY_SECONDS = 86_400;
/** No rule of days and holidays closes for longer: a window on one weekday that is a holiday now and then. */
const searchDays = 60;

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** Why it is closed at an instant, or null while it is open. */
export function closedReason(
  window: SendingWindow,
  at: Temporal.ZonedDateTime,
): Extract<Reason, 'not_a_sending_day' | 'holiday' | 'outside_hours'> | null {
  if (!window.days.includes(at.dayOfWeek)) return 'not_a_sending_day';
  if (window.skipHolidays && isUsHoliday(at.toPlainDate())) return 'holiday';
  const seconds = at.hour * 3600 + at.minute * 60 + at.second;
  return seconds >= secondsOf(window.start) && seconds < secondsOf(window.end) ? null : 'outside_hours';
}

/**
 * Instants of a day at which hours can begin: when the clock shows their start (twice on the night it is put back), and
 * when it jumps over that, or back before it.
 */
function beginnings(date: Temporal.PlainDate, start: string, zone: string): Temporal.ZonedDateTime[] {
  const seconds = Math.min(secondsOf(start), DAY_SECONDS - 1);
  const time = new Temporal.PlainTime(
    Math.floor(seconds / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  );
  const local = date.toPlainDateTime(time);
  const found = [
    local.toZonedDateTime(zone, { disambiguation: 'earlier' }),
    local.toZonedDateTime(zone, { disambiguation: 'later' }),
    date.toZonedDateTime({ timeZone: zone }),
  ];
  const jump = found[2]?.getTimeZoneTransition('next');
  if (jump?.toPlainDate().equals(date)) found.push(jump);
  return found;
}

/**
 * When it is open next.
 * @param at the instant to look from
 * @param zone an IANA name that the runtime knows
 * @returns `at` itself while it is open, else the next instant at which it is; null where no day of the next 60 has one
 */
export function nextOpening(
  window: SendingWindow,
  at: Temporal.Instant,
  zone: string,
): Temporal.Instant | null {
  const here = at.toZonedDateTimeISO(zone);
  if (!closedReason(window, here)) return at;
  for (let day = 0; day <= searchDays; day += 1) {
    const open = beginnings(here.toPlainDate().add({ days: day }), window.start, zone)
      .filter(
        (begin) =>
          Temporal.Instant.compare(begin.toInstant(), at) > 0 && closedReason(window, begin) === null,
      )
      .sort(Temporal.ZonedDateTime.compare);
    if (open[0]) return open[0].toInstant();
  }
  return null;
}

/** Longer than any clock waits for another one that opens on the same days. */
const searchTogetherMs = 8 * 86_400_000;

/**
 * When it is open next in all of several zones at once: each moves the instant on to its own opening, until none does.
 * @param at the instant to look from
 * @param zones IANA names that the runtime knows
 * @returns `at` itself while it is open in all; null where eight days have no instant that all of them are open at
 */
export function nextOpeningInAll(
  window: SendingWindow,
  at: Temporal.Instant,
  zones: readonly string[],
): Temporal.Instant | null {
  let instant = at;
  for (;;) {
    const before = instant;
    for (const zone of zones) {
      const opens = nextOpening(window, instant, zone);
      if (!opens) return null;
      instant = opens;
    }
    if (instant.equals(before)) return instant;
    if (instant.epochMilliseconds - at.epochMilliseconds > searchTogetherMs) return null;
  }
}

/**
 * The first zone that the runtime knows.
 * @param zones in the order in which they count; null where there is none
 * @returns the zone, UTC where none is known, and whether a name was passed over because nobody knows it
 */
export function knownZone(zones: (string | null)[]): { zone: string; isFallback: boolean } {
  let isFallback = false;
  for (const zone of zones) {
    if (zone === null) continue;
    if (isTimeZone(zone)) return { zone, isFallback };
    isFallback = true;
  }
  return { zone: 'UTC', isFallback: true };
}
