/** The federal holidays of the United States, computed. */
import type { Temporal } from 'temporal-polyfill';

/** The n-th weekday (ISO, 1 is Monday) of a month; -1 for the last. */
type Floating = { month: number; weekday: number; nth: number };

/** 5 U.S.C. 6103(a): those of a date … */
const fixed = [
  { month: 1, day: 1 },
  { month: 6, day: 19 },
  { month: 7, day: 4 },
  { month: 11, day: 11 },
  { month: 12, day: 25 },
];

/** … and those of a weekday: Martin Luther King, Washington, Memorial, Labor, Columbus, Thanksgiving. */
const floating: Floating[] = [
  { month: 1, weekday: 1, nth: 3 },
  { month: 2, weekday: 1, nth: 3 },
  { month: 5, weekday: 1, nth: -1 },
  { month: 9, weekday: 1, nth: 1 },
  { month: 10, weekday: 1, nth: 2 },
  { month: 11, weekday: 4, nth: 4 },
];

const isFixed = (date: Temporal.PlainDate) =>
  fixed.some(({ month, day }) => date.month === month && date.day === day);

const isFloating = (date: Temporal.PlainDate) =>
  floating.some(
    ({ month, weekday, nth }) =>
      date.month === month &&
      date.dayOfWeek === weekday &&
      (nth === -1 ? date.day + 7 > date.daysInMonth : Math.ceil(date.day / 7) === nth),
  );

/**
 * Whether offices are closed: on the holiday itself, and on the day it is observed, which is Friday where it falls on a
 * Saturday (5 U.S.C. 6103(b)) and Monday where it falls on a Sunday (Executive Order 11582).
 */
export function isUsHoliday(date: Temporal.PlainDate): boolean {
  if (isFixed(date) || isFloating(date)) return true;
  if (date.dayOfWeek === 5) return isFixed(date.add({ days: 1 }));
  if (date.dayOfWeek === 1) return isFixed(date.subtract({ days: 1 }));
  return false;
}
