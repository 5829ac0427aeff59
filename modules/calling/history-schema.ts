import { z } from 'zod';
import { outcomes, reachedWords } from './domain';
import { callFigures, isCalendarDay } from './history';

const id = z.guid('Not an id');
const asArray = (value: unknown) => (typeof value === 'string' ? [value] : value);
const day = z.string().refine(isCalendarDay, 'Not a day, such as 2026-03-01').optional();

const filterShape = {
  figure: z.enum(callFigures, `One of ${callFigures.join(', ')}`).optional(),
  caller: z.union([z.literal('none'), id], 'Not an id').optional(),
  outcome: z
    .preprocess(
      asArray,
      z.array(z.enum([...outcomes, 'none'], `One of ${outcomes.join(', ')}, none`)).max(outcomes.length + 1),
    )
    .optional(),
  direction: z.enum(['out', 'in'], 'out or in').optional(),
  reached: z
    .enum(
      Object.keys(reachedWords) as [keyof typeof reachedWords, ...(keyof typeof reachedWords)[]],
      'confirmed, somebody_else or wrong_person',
    )
    .optional(),
  from: day,
  to: day,
  person: id.optional(),
  phone: id.optional(),
  q: z.string().trim().max(200, 'At most 200 characters').optional(),
};
const isForward = ({ from, to }: { from?: string; to?: string }) => !from || !to || from <= to;
const backward = { path: ['to'], error: 'Not before the first day' };

/** `GET /api/calls/history/export`: filters. Days are of the workspace's zone, both counted. */
export const historyFilterSchema = z.strictObject(filterShape).refine(isForward, backward);
export type HistoryFilter = z.output<typeof historyFilterSchema>;

/** `GET /api/calls/history`: filters, `cursor`, `limit` (1 to 200). */
export const historyQuerySchema = z
  .strictObject({
    ...filterShape,
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number('A number').int().min(1, 'At least 1').max(200, 'At most 200').default(50),
  })
  .refine(isForward, backward)
  .transform(({ cursor, limit, ...filter }) => ({ filter, cursor, limit }));

/** `GET /api/calls/leaderboard`: days of the workspace's zone, both counted; without a first one the last `days`, or seven. At most a year. */
export const leaderboardQuerySchema = z
  .strictObject({
    from: day,
    to: day,
    days: z.coerce.number('A number').int().min(1, 'At least 1').max(366, 'At most 366').optional(),
  })
  .refine(isForward, backward)
  .refine(({ from, to }) => !from || !to || Date.parse(to) - Date.parse(from) <= 366 * 86_400_000, {
    path: ['from'],
    error: 'At most a year',
  });
