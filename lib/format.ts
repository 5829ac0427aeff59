/**
 * Numbers, money and times as people read them. Pure and small enough for the browser; phones are in
 * `format-phone.ts`, whose metadata is not.
 */

const LOCALE = 'en-US';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

// Making a formatter costs far more than using it, and a list formats hundreds of times.
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone}|${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
    } catch {
      // a zone that this runtime doesn't know must not take the page down with it
      format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' });
    }
    dateFormats.set(key, format);
  }
  return format;
}

/** A point in time: ISO 8601 with an offset (as the database gives it), epoch milliseconds, or a Date. */
export type Instant = string | number | Date;

function epochMs(at: Instant): number {
  return at instanceof Date ? at.getTime() : typeof at === 'number' ? at : Date.parse(at);
}

/**
 * A count or amount with thousands separators.
 * @param value the number
 * @param maxDecimals digits kept after the point, at most
 */
export function formatNumber(value: number, maxDecimals = 0): string {
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: maxDecimals }).format(value);
}

/**
 * Money with its currency; cents only where there are any.
 * @param amount in whole units of the currency (dollars, not cents)
 * @param currency ISO 4217 code
 * @param compact "$1.2M" instead of "$1,200,000", for tight places
 */
export function formatMoney(amount: number, currency = 'USD', compact = false): string {
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    ...(compact
      ? { notation: 'compact' as const, maximumFractionDigits: 1 }
      : { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2, maximumFractionDigits: 2 }),
  }).format(amount);
}

/**
 * Size of a file, in powers of 1024.
 * @param bytes whole bytes
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let size = bytes / 1024;
  let unit = 0;
  // 1023.95 would round to "1024.0": step up as soon as rounding reaches the next unit.
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${formatNumber(size, size < 10 ? 1 : 0)} ${units[unit]}`;
}

/**
 * The calendar day of an instant in a zone.
 * @param timeZone IANA name, such as `America/Chicago`
 * @returns `YYYY-MM-DD`, or an empty string for an unreadable instant
 */
export function dayKey(at: Instant, timeZone: string): string {
  const ms = epochMs(at);
  if (Number.isNaN(ms)) return '';
  const parts = dateFormat(timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(ms);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Whole calendar days from one day key to another; not affected by days of 23 or 25 hours. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/**
 * A day as a separator says it: Today, Yesterday, "Monday, Nov 16", "Nov 16, 2024".
 * @param now the present, for tests and for the server
 */
export function formatDay(at: Instant, timeZone: string, now: Instant = Date.now()): string {
  const day = dayKey(at, timeZone);
  const today = dayKey(now, timeZone);
  if (day === '') return '';
  const age = daysBetween(day, today);
  if (age === 0) return 'Today';
  if (age === 1) return 'Yesterday';
  if (age === -1) return 'Tomorrow';
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return dateFormat(
    timeZone,
    sameYear
      ? { weekday: 'long', month: 'short', day: 'numeric' }
      : { month: 'short', day: 'numeric', year: 'numeric' },
  ).format(epochMs(at));
}

/** Date and time with the zone's name: "Nov 16, 2026, 3:04 PM CST". Empty for an unreadable instant. */
export function formatDateTime(at: Instant, timeZone: string): string {
  const ms = epochMs(at);
  if (Number.isNaN(ms)) return '';
  return dateFormat(timeZone, {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(ms);
}

/**
 * How long ago, or how soon: relative under a week, then the date. Days are calendar days of the zone, so 11 pm is
 * "yesterday" at 1 am.
 * @param timeZone IANA name
 * @param now the present, for tests and for the server
 * @returns "just now", "5 min ago", "in 3 h", "yesterday", "4 days ago", "Nov 3", "Nov 3, 2025"; empty if unreadable
 */
export function formatRelative(at: Instant, timeZone: string, now: Instant = Date.now()): string {
  const ms = epochMs(at);
  if (Number.isNaN(ms)) return '';
  const nowMs = epochMs(now);
  const distance = Math.abs(nowMs - ms);
  const isPast = ms <= nowMs;
  const worded = (text: string) => (isPast ? `${text} ago` : `in ${text}`);
  if (distance < MINUTE_MS) return isPast ? 'just now' : 'in a moment';
  if (distance < HOUR_MS) return worded(`${Math.floor(distance / MINUTE_MS)} min`);
  const today = dayKey(nowMs, timeZone);
  const day = dayKey(ms, timeZone);
  const days = Math.abs(daysBetween(day, today));
  if (days === 0 || distance < 6 * HOUR_MS) return worded(`${Math.floor(distance / HOUR_MS)} h`);
  if (days === 1) return isPast ? 'yesterday' : 'tomorrow';
  if (days < 7) return worded(`${days} days`);
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return dateFormat(
    timeZone,
    sameYear ? { month: 'short', day: 'numeric' } : { month: 'short', day: 'numeric', year: 'numeric' },
  ).format(ms);
}

/**
 * Singular or plural with the number: "1 owner", "2 owners", "1,204 people".
 * @param many the plural, where it is not the singular with an s
 */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** How long something lasted: "0:45", "12:07". @param seconds whole */
export const formatLength = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
