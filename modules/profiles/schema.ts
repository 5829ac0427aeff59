import { z } from 'zod';
import { parsePhone } from '@/lib/contact-points/phone';
import { isTimeZone } from '@/lib/time-zone';

const email = z
  .string('Enter your e-mail address')
  .trim()
  .toLowerCase()
  .max(254, 'An e-mail address has at most 254 characters')
  .pipe(z.email('Enter an e-mail address like name@company.example'));

// The length is what the Auth server asks for (supabase/config.toml); bcrypt reads no more than 72 bytes.
const newPassword = z
  .string('Choose a password')
  .min(8, 'Use at least 8 characters')
  .refine((value) => Buffer.byteLength(value) <= 72, 'Use at most 72 characters');

/** An IANA time zone. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Choose a time zone such as America/Chicago');

/** Body of `POST /api/auth/sign-in`. */
export const signInSchema = z.strictObject({
  email,
  password: z.string().min(1, 'Enter your password').max(1000),
});

/** Body of `POST /api/auth/sign-up`. `next` is where the person wanted to go. */
export const signUpSchema = z.strictObject({
  full_name: z.string().trim().min(1, 'Enter your name').max(200, 'Use at most 200 characters'),
  email,
  password: newPassword,
  time_zone: timeZoneSchema.optional(),
  next: z.string().max(2000).optional(),
});

/** Body of `POST /api/auth/forgot-password`. */
export const forgotPasswordSchema = z.strictObject({ email });

/** Body of `POST /api/auth/reset-password`. */
export const resetPasswordSchema = z.strictObject({ password: newPassword });

/** What the links in auth mails carry. Not strict: providers add parameters of their own. */
export const confirmQuerySchema = z.object({
  token_hash: z.string().max(500).optional(),
  type: z
    .enum(['signup', 'invite', 'magiclink', 'recovery', 'email_change', 'email'])
    .optional()
    .catch(undefined),
  code: z.string().max(500).optional(),
  next: z.string().max(4000).optional().catch(undefined),
});

/** The phone that rings when its owner calls from here; nothing: none. */
const ownPhone = z
  .string()
  .trim()
  .nullable()
  .transform((text, check) => {
    if (!text) return null;
    const parsed = parsePhone(text);
    if (parsed.ok) return parsed.value.e164;
    check.addIssue({ code: 'custom', message: `This ${parsed.reason}` });
    return z.NEVER;
  });

/** Body of `PATCH /api/profile`. `phone_e164` as people write it. */
export const updateProfileSchema = z
  .strictObject({
    full_name: z.string().trim().min(1, 'Enter your name').max(200, 'Use at most 200 characters'),
    time_zone: timeZoneSchema,
    phone_e164: ownPhone,
  })
  .partial();

export type SignIn = z.infer<typeof signInSchema>;
export type SignUp = z.infer<typeof signUpSchema>;
export type ConfirmQuery = z.infer<typeof confirmQuerySchema>;
export type UpdateProfile = z.infer<typeof updateProfileSchema>;
