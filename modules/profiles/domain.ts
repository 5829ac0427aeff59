import { AppError } from '@/lib/errors';
import { safeNext } from '@/lib/safe-next';

/** What the Auth server refuses with, as far as the rules below look at it. */
export type AuthFailure = { code?: string; status?: number; message: string };

type Known = {
  code: 'invalid' | 'unauthenticated' | 'conflict' | 'rate_limited' | 'forbidden';
  field?: string;
  message: string;
};

const wrong: Known = {
  code: 'unauthenticated',
  field: 'password',
  message: 'The e-mail address or the password is wrong. Try again, or reset the password.',
};
const taken: Known = {
  code: 'conflict',
  field: 'email',
  message: 'There is an account with this address. Sign in instead.',
};
const tooMany: Known = {
  code: 'rate_limited',
  message: 'Too many attempts. Wait a minute, then try again.',
};

/** Source of the codes: https://supabase.com/docs/guides/auth/debugging/error-codes */
const messages: Record<string, Known> = {
  invalid_credentials: wrong,
  user_not_found: wrong,
  email_not_confirmed: {
    code: 'forbidden',
    field: 'email',
    message: 'This address is not confirmed yet. Follow the link in the mail you got when you signed up.',
  },
  user_banned: {
    code: 'forbidden',
    field: 'email',
    message: 'This account is blocked. Ask whoever runs this Freehold.',
  },
  user_already_exists: taken,
  email_exists: taken,
  signup_disabled: { code: 'forbidden', message: 'Nobody can sign up here. Ask whoever runs this Freehold.' },
  email_provider_disabled: { code: 'forbidden', message: 'Signing up by e-mail is switched off here.' },
  email_address_invalid: { code: 'invalid', field: 'email', message: 'No mail can be sent to this address' },
  email_address_not_authorized: {
    code: 'invalid',
    field: 'email',
    message: 'No mail can be sent to this address',
  },
  weak_password: {
    code: 'invalid',
    field: 'password',
    message: 'This password is easy to guess. Use a longer one.',
  },
  same_password: {
    code: 'invalid',
    field: 'password',
    message: 'This is the password you have now. Choose another.',
  },
  over_request_rate_limit: tooMany,
  over_email_send_rate_limit: {
    code: 'rate_limited',
    message: 'A mail was sent a moment ago. Wait a minute, then try again.',
  },
  session_not_found: { code: 'unauthenticated', message: 'Your session has ended. Ask for a new link.' },
  session_expired: { code: 'unauthenticated', message: 'Your session has ended. Ask for a new link.' },
};

/**
 * What to tell a person whom the Auth server refused.
 * @returns an AppError with the field it belongs to, or an Error for what nobody could have done anything about
 */
export function authError(failure: AuthFailure): AppError | Error {
  const known = messages[failure.code ?? ''] ?? (failure.status === 429 ? tooMany : undefined);
  if (!known)
    return new Error(`auth: ${failure.code ?? failure.status ?? ''} ${failure.message}`, { cause: failure });
  return new AppError(known.code, {
    userMessage: known.message,
    fields: known.field ? { [known.field]: known.message } : undefined,
    cause: failure,
  });
}

/**
 * The address that mails are told to lead back to. With the templates of `supabase/templates` it comes back as the
 * `next` of a link to `/auth/confirm`; with a hosted project's own templates Supabase redirects to it with a `code`.
 * A hosted project must list `<APP_URL>/auth/confirm**` among its redirect URLs, else it falls back to the site URL.
 * @param appUrl the public origin of the app
 * @param next a path of ours to go to in the end
 */
export function confirmUrl(appUrl: string, next: string): string {
  return `${appUrl.replace(/\/$/, '')}/auth/confirm?next=${encodeURIComponent(next)}`;
}

/**
 * The path that a mail's link leads to in the end, from its `next`: a path, or the absolute address of
 * {@link confirmUrl} with the path inside.
 * @param appUrl the public origin of the app; addresses elsewhere lead to the fallback
 */
export function confirmedNext(next: string | undefined, appUrl: string, fallback = '/'): string {
  if (!next) return fallback;
  if (next.startsWith('/')) return safeNext(next, fallback);
  if (!URL.canParse(next)) return fallback;
  const url = new URL(next);
  if (url.origin !== new URL(appUrl).origin) return fallback;
  if (url.pathname === '/auth/confirm') return safeNext(url.searchParams.get('next'), fallback);
  return safeNext(`${url.pathname}${url.search}`, fallback);
}
