import 'server-only';
import type { Log } from '@/lib/logger';
import { type GmailAccount, openGmail, tokenKey } from '@/lib/providers/gmail';
import { GmailError } from '@/lib/providers/gmail-errors';
import type { Client } from '@/lib/supabase/server';
import { openToken, sealToken } from '@/lib/token-cipher';

/** Tokens as they are kept: sealed for their mailbox. */
export type SealedTokens = {
  refresh_token: string | null;
  access_token: string | null;
  access_expires_at: string | null;
};

/**
 * Opens a mailbox with the tokens that are kept of it; an access token that is renewed on the way is kept again.
 * @throws {GmailError} `revoked` where there are none, or the key they were sealed with is another one
 */
export function openMailbox(
  { admin, log }: { admin: Client; log: Log },
  box: { id: string; workspaceId: string },
  tokens: SealedTokens | null,
): GmailAccount {
  const seal = { key: tokenKey(), boundTo: box.id };
  const refreshToken = tokens?.refresh_token ? openToken(tokens.refresh_token, seal) : null;
  if (refreshToken === null) {
    throw new GmailError('revoked', 'The permission can’t be read: TOKEN_ENCRYPTION_KEY was changed');
  }
  const accessToken = tokens?.access_token ? openToken(tokens.access_token, seal) : null;
  const accessExpiresAt = tokens?.access_expires_at ? new Date(tokens.access_expires_at) : null;
  return openGmail({ refreshToken, accessToken, accessExpiresAt }, (fresh) => {
    void admin
      .from('mailbox_tokens')
      .update({
        access_token: sealToken(fresh.accessToken, seal),
        access_expires_at: fresh.accessExpiresAt?.toISOString() ?? null,
      })
      .match({ workspace_id: box.workspaceId, mailbox_id: box.id, refresh_token: tokens?.refresh_token })
      .then(({ error }) => error && log.warn({ err: error }, 'a fresh access token could not be kept'));
  });
}
