import { z } from 'zod';
import { emailFigures, outboxViews } from './domain';

const id = z.guid('Not an id');

/** The query of the outbox. */
export const outboxQuery = z.strictObject({
  view: z.enum(outboxViews, `One of ${outboxViews.join(', ')}`).default('all'),
  figure: z.enum(emailFigures, `One of ${emailFigures.join(', ')}`).optional(),
  campaign: id.optional(),
  step: id.optional(),
  variant: z
    .enum(['0', '1'], '0 or 1')
    .transform((variant) => (variant === '1' ? 1 : 0))
    .optional(),
  domain: id.optional(),
  person: id.optional(),
  days: z.coerce
    .number('A number of days')
    .int('Whole days')
    .min(1, 'At least 1')
    .max(366, 'At most 366')
    .optional(),
  to: z.string().trim().max(200, 'At most 200 characters').optional(),
  cursor: z.string().max(500, 'This is no cursor').optional(),
  limit: z.coerce
    .number('A number')
    .int('A whole number')
    .min(1, 'At least 1')
    .max(200, 'At most 200')
    .default(50),
});
