import 'server-only';
import { cookies } from 'next/headers';
import { env } from '@/lib/env';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { PublicContext } from '@/lib/http/route';
import {
  exchangeGmailCode,
  gmailConsentUrl,
  missingGmailSettings,
  openGmail,
  tokenKey,
} from '@/lib/providers/gmail';
import { gmailError } from '@/lib/providers/gmail-errors';
import { sealToken } from '@/lib/token-cipher';
import { requireId } from '@/modules/records/service';
import { beginConsent, consentSeconds, endConsent } from './oauth';
import type { DirectMail } from './schema';

const cookieName = 'freehold_mailbox_consent';
const settingsPath = '/settings/mailboxes';
const callbackPath = '/api/mailboxes/callback';

/**
 * Begins to connect a mailbox.
 * @param address the account to offer first
 * @returns where the person gives the permission
 * @throws {AppError} `unavailable` where a setting is missing, with its name
 */
export async function beginConnect(ctx: Context, address?: string): Promise<{ url: string }> {
  const missing = missingGmailSettings();
  if (missing.length > 0) {
    throw new AppError('unavailable', {
      userMessage: `Mailboxes can’t be connected: set ${missing.join(', ')}`,
    });
  }
  const { state, codeChallenge, cookie } = beginConsent(ctx, tokenKey(), Date.now());
  (await cookies()).set(cookieName, cookie, {
    httpOnly: true,
    // Google sends the person back by a link: `strict` would leave the cookie at home
    sameSite: 'lax',
    secure: env().APP_URL.startsWith('https:'),
    path: callbackPath,
    maxAge: consentSeconds,
  });
  return { url: gmailConsentUrl({ state, codeChallenge, address }) };
}

/** What can go wrong on the way back from Google, as the page of mailboxes tells it. */
type Problem = 'state' | 'denied' | 'refused' | 'taken' | 'session' | 'failed';
const backWith = (outcome: { problem: Problem } | { connected: string }) => ({
  location: `${settingsPath}?${new URLSearchParams(outcome)}`,
  isConnected: 'connected' in outcome,
});

/**
 * Ends what beginConnect() began: exchanges the code, asks whose account it is, and keeps it with its tokens sealed.
 * @param back what Google sent back
 * @returns where the person goes on, and whether a mailbox is connected now; else nothing was kept
 */
export async function finishConnect(
  ctx: PublicContext,
  back: { code?: string; state?: string; error?: string },
): Promise<{ location: string; isConnected: boolean }> {
  const store = await cookies();
  const cookie = store.get(cookieName)?.value;
  store.set(cookieName, '', { path: callbackPath, maxAge: 0 });
  if (missingGmailSettings().length > 0) return backWith({ problem: 'failed' });
  const begun = endConsent(cookie, back.state, tokenKey(), Date.now());
  if (!begun) return backWith({ problem: 'state' });
  const { data: userId } = await ctx.supabase.rpc('current_user_id');
  if (userId !== begun.userId) return backWith({ problem: 'session' });
  if (back.error || !back.code) return backWith({ problem: 'denied' });
  try {
    const tokens = await exchangeGmailCode(back.code, begun.verifier);
    const { address } = await openGmail(tokens, () => undefined).profile();
    const workspace = begun.workspaceId;
    const mailbox = unwrap(await ctx.supabase.rpc('prepare_mailbox', { workspace, account: address }));
    const seal = { key: tokenKey(), boundTo: mailbox };
    unwrap(
      await ctx.supabase.rpc('connect_mailbox', {
        workspace,
        mailbox,
        account: address,
        sealed_refresh: sealToken(tokens.refreshToken, seal),
        sealed_access: tokens.accessToken ? sealToken(tokens.accessToken, seal) : undefined,
        access_until: tokens.accessExpiresAt?.toISOString(),
      }),
    );
    return backWith({ connected: address });
  } catch (error) {
    if (error instanceof AppError)
      return backWith({ problem: error.code === 'conflict' ? 'taken' : 'failed' });
    const known = gmailError(error);
    ctx.log.warn({ err: known }, 'a mailbox could not be connected');
    return backWith({ problem: known.kind === 'refused' ? 'refused' : 'failed' });
  }
}

/** Ends a mailbox: one's own, or anybody's by an admin. The permission is given back by the next sync. @throws {AppError} */
export async function disconnectMailbox(ctx: Context, id: string): Promise<void> {
  unwrap(
    await ctx.supabase.rpc('disconnect_mailbox', { workspace: ctx.workspaceId, mailbox: requireId(id) }),
  );
}

/**
 * A person's word on a mail that looks like a reply. Confirmed, it is one with all that follows: what it answers ends.
 * @returns its kind now  @throws {AppError} `conflict` where somebody decided already
 */
export async function decideInbound(ctx: Context, id: string, verdict: 'confirm' | 'dismiss' | 'reopen') {
  const kind = unwrap(
    await ctx.supabase.rpc('decide_inbound_email', {
      workspace: ctx.workspaceId,
      mail: requireId(id),
      verdict,
    }),
  );
  return { id, kind };
}

/** Queues a mail from the caller's mailbox to a person. The same id twice is one mail. @throws {AppError} */
export async function queueDirectMail(ctx: Context, person: string, mail: DirectMail) {
  return unwrap(
    await ctx.supabase.rpc('queue_direct_email', {
      workspace: ctx.workspaceId,
      mail: { ...mail, person_id: requireId(person) },
    }),
  ) as { id: string };
}

/** Has one's own mail that failed, or may not have gone out, sent again. @throws {AppError} `not_found` */
export async function retryDirectMail(ctx: Context, mail: string): Promise<void> {
  unwrap(await ctx.supabase.rpc('retry_direct_email', { workspace: ctx.workspaceId, mail: requireId(mail) }));
}
