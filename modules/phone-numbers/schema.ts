import { z } from 'zod';
import { parsePhone } from '@/lib/contact-points/phone';

const features = z
  .array(z.enum(['sms', 'voice'], 'sms or voice'))
  .min(1, 'At least one')
  .transform((given) => [...new Set(given)]);

/** A number as people write it, to E.164. */
export const numberSchema = z
  .string()
  .trim()
  .min(1, 'Enter a phone number')
  .transform((text, check) => {
    const parsed = parsePhone(text);
    if (parsed.ok) return parsed.value.e164;
    check.addIssue({ code: 'custom', message: `This ${parsed.reason}` });
    return z.NEVER;
  });

const label = z.string().trim().min(1, 'Needs a name').max(80, 'At most 80 characters');

/** Query of `GET /api/phone-numbers`. `available=1`: the account's numbers that are not here yet. */
export const listNumbersQuery = z.strictObject({ available: z.literal('1', '1 or nothing').optional() });

/** Body of `POST /api/phone-numbers`. */
export const addNumberSchema = z.strictObject({ e164: numberSchema, label: label.optional() });
export type AddNumber = z.output<typeof addNumberSchema>;

/** Parameters of `/api/phone-numbers/[id]`. A malformed id is nobody's: 404, as a stranger's. */
export const numberParams = z.strictObject({ id: z.string() });

/** Body of `PATCH /api/phone-numbers/[id]`. The default is moved to a number, never taken from one. */
export const updateNumberSchema = z
  .strictObject({
    label,
    features,
    is_default_sender: z.literal(true, 'Make another number the default instead'),
    assigned_to: z.guid('Not an id').nullable(),
    status: z.enum(['active', 'paused'], 'active or paused'),
    paused_reason: z.string().trim().max(500, 'At most 500 characters').nullable(),
    interval_ms: z.number('A number').int('A whole number').min(0).max(3_600_000, 'At most an hour'),
    daily_cap: z.number('A number').int('A whole number').min(1, 'At least 1').max(1_000_000),
    archived: z.boolean(),
  })
  .partial();
export type UpdateNumber = z.output<typeof updateNumberSchema>;
