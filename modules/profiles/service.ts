import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { after } from 'next/server';
import { env } from '@/lib/env';
import { AppError, unwrap } from '@/lib/errors';
import type { PublicContext, UserContext } from '@/lib/http/route';
import { safeNext } from '@/lib/safe-next';
import { authError, confirmedNext, confirmUrl } from './domain';
import type { ConfirmQuery, SignIn, SignUp, UpdateProfile } from './schema';

/** Longer than handing in a mail takes, so that the answer's time does not tell whether there was one. */
const evenAnswerMs = 400;

/**
 * Sessions are the browser's; the holder of a bearer token has none that could be started, changed or ended.
 * @throws {AppError} `invalid` where the request carries an Authorization header.
 */
export function requireCookies(request: Request): void {
  if (!request.headers.has('authorization')) return;
  throw new AppError('invalid', {
    userMessage: 'This works on the session cookie: leave out the Authorization header',
  });
}

/**
 * Starts a session; its cookies go out with the response.
 * @throws {AppError} `unauthenticated` for a wrong address or password alike, `rate_limited`, `forbidden` while the
 * address waits for its confirmation.
 */
export async function signIn({ supabase }: PublicContext, { email, password }: SignIn): Promise<void> {
  const { error } = await supabase.auth.signInWithPassword({ email, password });
  if (error) throw authError(error);
}

/**
 * Makes an account. Where the project asks for confirmation there is no session yet, and a mail leads back to `next`.
 * @throws {AppError} `conflict` where the address has an account, `invalid` for a password the project finds weak.
 */
export async function signUp(
  { supabase }: PublicContext,
  input: SignUp,
): Promise<{ needs_confirmation: boolean }> {
  const { data, error } = await supabase.auth.signUp({
    email: input.email,
    password: input.password,
    options: {
      data: { full_name: input.full_name, ...(input.time_zone && { time_zone: input.time_zone }) },
      emailRedirectTo: confirmUrl(env().APP_URL, safeNext(input.next)),
    },
  });
  if (error) throw authError(error);
  return { needs_confirmation: data.session === null };
}

/**
 * Sends the mail with which a password is set anew. The answer is the same, in content and in time, whether or not the
 * address has an account; only a limit on the caller himself is told.
 */
export async function requestPasswordReset({ supabase, log }: PublicContext, email: string): Promise<void> {
  const redirectTo = confirmUrl(env().APP_URL, '/reset-password');
  const outcome: { code?: string } = {};
  const sending = supabase.auth.resetPasswordForEmail(email, { redirectTo }).then(({ error }) => {
    outcome.code = error?.code;
    if (error) log.warn({ err: error }, 'a reset mail was not sent');
  });
  after(() => sending.catch((cause: unknown) => log.error({ err: cause }, 'a reset mail was not sent')));
  await pause(evenAnswerMs);
  if (outcome.code === 'over_request_rate_limit')
    throw authError({ code: outcome.code, message: outcome.code });
}

/**
 * Sets a new password for whom the link in the mail signed in, and ends their sessions elsewhere.
 * @throws {AppError} `unauthenticated` without a session, `invalid` where the password is weak or the old one.
 */
export async function setPassword({ supabase, log }: PublicContext, password: string): Promise<void> {
  const { data } = await supabase.auth.getSession();
  if (!data.session) {
    throw new AppError('unauthenticated', {
      userMessage: 'This link is used up or too old. Ask for a new one.',
    });
  }
  const { error } = await supabase.auth.updateUser({ password });
  if (error) throw authError(error);
  const { error: kept } = await supabase.auth.signOut({ scope: 'others' });
  if (kept) log.warn({ err: kept }, 'sessions elsewhere could not be ended');
}

/** Ends this browser's session. A session that has ended already is no error. */
export async function signOut({ supabase, log }: PublicContext): Promise<void> {
  const { error } = await supabase.auth.signOut({ scope: 'local' });
  if (error)
    log.warn({ err: error }, 'the session could not be ended on the Auth server; its cookies are gone');
}

/**
 * Follows the link of an auth mail and starts its session.
 * @returns the path to go on to; where the link is used up or too old, the page that offers a new one.
 */
export async function confirmLink({ supabase, log }: PublicContext, query: ConfirmQuery): Promise<string> {
  const next = confirmedNext(query.next, env().APP_URL, query.type === 'recovery' ? '/reset-password' : '/');
  const isRecovery = query.type === 'recovery' || next === '/reset-password';
  const failed = isRecovery ? '/forgot-password?problem=link' : '/sign-in?problem=link';
  if (query.token_hash && query.type) {
    const { error } = await supabase.auth.verifyOtp({ token_hash: query.token_hash, type: query.type });
    if (!error) return isRecovery ? '/reset-password' : next;
    log.info({ err: error }, 'a mailed link was refused');
    return failed;
  }
  if (query.code) {
    const { error } = await supabase.auth.exchangeCodeForSession(query.code);
    if (!error) return next;
    log.info({ err: error }, 'a mailed code was refused');
  }
  return failed;
}

/**
 * Changes the caller's own name, time zone or phone.
 * @throws {AppError} `not_found` where the profile is gone.
 */
export async function updateProfile({ supabase, userId }: UserContext, change: UpdateProfile) {
  const query = supabase.from('profiles');
  const columns = 'user_id, full_name, email, time_zone, phone_e164';
  if (Object.keys(change).length === 0) {
    return unwrap(await query.select(columns).eq('user_id', userId).single());
  }
  return unwrap(await query.update(change).eq('user_id', userId).select(columns).single());
}
