import 'server-only';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { openToken, sealToken } from '@/lib/token-cipher';

/** How long a person may take on Google's page, in seconds. */
export const consentSeconds = 600;

const boundTo = 'mailbox-oauth';
const pendingSchema = z.strictObject({
  state: z.string(),
  verifier: z.string(),
  userId: z.string(),
  workspaceId: z.string(),
  expiresAt: z.number(),
});
type Pending = z.infer<typeof pendingSchema>;

/** A consent that was begun: what Google is given, and what the browser keeps. */
export type BegunConsent = { state: string; codeChallenge: string; cookie: string };

const hash = (text: string) => createHash('sha256').update(text).digest();

/**
 * Begins a consent. Its state, its verifier (RFC 7636) and whose it is are sealed into a cookie, so that only the browser
 * in which it was begun can end it, and only as the same person.
 * @param key base64, TOKEN_ENCRYPTION_KEY  @param now milliseconds
 */
export function beginConsent(
  who: { userId: string; workspaceId: string },
  key: string,
  now: number,
): BegunConsent {
  const state = randomBytes(32).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const { userId, workspaceId } = who;
  const pending: Pending = { userId, workspaceId, state, verifier, expiresAt: now + consentSeconds * 1000 };
  return {
    state,
    codeChallenge: hash(verifier).toString('base64url'),
    cookie: sealToken(JSON.stringify(pending), { key, boundTo }),
  };
}

/**
 * What was begun, where the state that came back is the one of this browser and time is not up; else null: the request was
 * forged, or is old (RFC 6749 10.12).
 */
export function endConsent(
  cookie: string | undefined,
  state: string | undefined,
  key: string,
  now: number,
): Pending | null {
  if (!cookie || !state) return null;
  const opened = openToken(cookie, { key, boundTo });
  if (opened === null) return null;
  const pending = pendingSchema.parse(JSON.parse(opened));
  const isSame = timingSafeEqual(hash(pending.state), hash(state));
  return isSame && pending.expiresAt > now ? pending : null;
}
