import { z } from 'zod';
import { defaultDays, figures, maxDays, weekStart } from './domain';

const days = z.coerce
  .number('A number of days')
  .int('A whole number of days')
  .min(1, 'At least 1')
  .max(maxDays, `At most ${maxDays}`);

/** The query of the figures. */
export const metricsQuery = z.strictObject({ days: days.default(defaultDays) });

/** The query of the rows that a figure counts: of some days or of a week, of one person, of one result. */
export const metricRowsQuery = z
  .strictObject({
    figure: z.enum(figures, `One of ${figures.join(', ')}`),
    days: days.optional(),
    period: z.enum(['current', 'previous'], 'current or previous').optional(),
    week: z
      .string()
      .refine((week) => weekStart(week) !== null, 'An ISO week, such as 2026-W47')
      .optional(),
    by: z.union([z.guid(), z.literal('none')], 'A member’s id, or none').optional(),
    result: z.enum(['hit', 'miss'], 'hit or miss').optional(),
    cursor: z.string().max(500, 'This is no cursor').optional(),
    limit: z.coerce
      .number('A number')
      .int('A whole number')
      .min(1, 'At least 1')
      .max(200, 'At most 200')
      .default(50),
  })
  .refine((given) => !given.week || (given.days === undefined && given.period === undefined), {
    message: 'A week has its own days: leave out days and period',
    path: ['week'],
  });
