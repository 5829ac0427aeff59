import { expect, test } from 'vitest';
import { isDue } from './cron';

const at = (iso: string) => new Date(`${iso}Z`);

test.each([
  ['* * * * *', '2026-03-01T00:00', true],
  ['*/5 * * * *', '2026-03-01T10:25', true],
  ['*/5 * * * *', '2026-03-01T10:26', false],
  ['0 3 * * *', '2026-03-01T03:00', true],
  ['0 3 * * *', '2026-03-01T15:00', false],
  ['10-20/5,45 * * * *', '2026-03-01T00:15', true],
  ['10-20/5,45 * * * *', '2026-03-01T00:45', true],
  ['10-20/5,45 * * * *', '2026-03-01T00:25', false],
  ['0 9 * * 1-5', '2026-03-01T09:00', false],
  ['0 9 * * 1-5', '2026-03-02T09:00', true],
  ['0 0 1 */3 *', '2026-04-01T00:00', true],
  ['not a schedule', '2026-04-01T00:00', false],
])('"%s" at %s UTC is due: %s', (schedule, time, expected) => {
  expect(isDue(schedule, at(time))).toBe(expected);
});
