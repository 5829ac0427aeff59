/**
 * What a clock on the wall of a zone shows, to the minute, as `YYYY-MM-DDTHH:mm` (the value of a datetime-local field).
 * Pure; runs in the browser too.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What the clock shows at an instant. @param timeZone IANA name; one that the runtime doesn't know counts as UTC */
export function wallTime(at: number | Date, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  };
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/**
 * The instant at which the clock shows a time. Where the clock was put back and shows it twice, the first; where it was
 * put forward and never shows it, as much later as the clock skipped (as Temporal's "compatible" does).
 * @param local `YYYY-MM-DDTHH:mm`
 * @returns ISO 8601 in UTC, or null for what is no time
 */
export function instantOf(local: string, timeZone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null;
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  // the zone's distance from UTC a day before and a day after: the same, but for the two days a year when it changes
  const distance = (at: number) =>
    Date.parse(`${wallTime(at, timeZone)}Z`) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const before = asUtc - distance(asUtc - DAY_MS);
  const after = asUtc - distance(asUtc + DAY_MS);
  const shown = [before, after].filter((at) => wallTime(at, timeZone) === local);
  return new Date(shown.length > 0 ? Math.min(...shown) : before).toISOString();
}

/**
 * A wall time some days on, at a time of the day.
 * @param local where to count from, `YYYY-MM-DDTHH:mm`
 * @param time `HH:mm`
 */
export function wallTimeAfter(local: string, days: number, time: string): string {
  const day = new Date(Date.parse(`${local.slice(0, 10)}T00:00Z`) + days * DAY_MS);
  return `${day.toISOString().slice(0, 10)}T${time}`;
}
