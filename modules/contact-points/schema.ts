import { z } from 'zod';
import { pointKinds } from './domain';

const label = z.string().trim().min(1, 'Can’t be empty').max(100, 'At most 100 characters');
const kind = z.enum(pointKinds, 'phone, email or linkedin');
const value = z.string().trim().min(1, 'Can’t be empty').max(500, 'At most 500 characters');
const point = z.guid('Not an id');

/** A point to link: `value` in whatever format people write it. */
export const linkPointSchema = z.strictObject({
  kind,
  value,
  label: label.nullish(),
  line_type: z.enum(['mobile', 'landline', 'voip'], 'mobile, landline or voip').nullish(),
  is_primary: z.boolean().default(false),
});
export type LinkPoint = z.infer<typeof linkPointSchema>;

/** A link to change: what it is called, whether it is the first choice, or another value in its place. */
export const updateLinkSchema = z
  .strictObject({
    kind,
    point,
    value: value.optional(),
    label: label.nullable().optional(),
    is_primary: z.literal(true, 'Only true: make another one the primary instead').optional(),
  })
  .refine((given) => Object.keys(given).length > 2, 'This changes nothing');
export type UpdateLink = z.infer<typeof updateLinkSchema>;

/** Which link to take away, as the query of a DELETE. */
export const unlinkSchema = z.strictObject({ kind, point });

/** A value to look up before it is saved. */
export const lookupSchema = z.strictObject({ kind, value });

/** `/api/contact-points/[kind]/[id]` */
export const pointParams = z.strictObject({ kind, id: z.string() });

/** The state of a phone, as a person sets it. */
export const phoneStateSchema = z
  .strictObject({
    status: z.enum(['active', 'invalid', 'disconnected'], 'active, invalid or disconnected').optional(),
    line_type: z.enum(['mobile', 'landline', 'voip'], 'mobile, landline or voip').nullable().optional(),
    do_not_call: z.boolean().optional(),
    do_not_call_reason: z.string().trim().min(1).max(500, 'At most 500 characters').nullable().optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');

/** The state of an e-mail, as a person sets it: held back, or released again. */
export const emailStateSchema = z.strictObject({
  status: z.enum(['active', 'suppressed'], 'active or suppressed'),
  reason: z.string().trim().min(1).max(500, 'At most 500 characters').nullable().optional(),
});

/** How we stand with a profile. */
export const linkedInStateSchema = z.strictObject({
  connection_status: z.enum(['none', 'pending', 'connected'], 'none, pending or connected'),
});
