import 'server-only';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { MemberContext } from '@/lib/http/context';
import type { RealtimeAccess } from '@/lib/realtime-client';

/**
 * What is needed to join the workspace's topics: the caller's own access token, for an hour at most. The browser keeps
 * it in memory; the cookies stay closed to scripts, and the refresh token never leaves them.
 * @param bearer the token the caller came with, where it was not a session cookie
 * @throws {AppError} `unauthenticated` where the session is gone.
 */
export async function getRealtimeAccess(
  { supabase, workspaceId }: MemberContext,
  bearer: string | null,
): Promise<RealtimeAccess> {
  const token = bearer ?? (await supabase.auth.getSession()).data.session?.access_token;
  if (!token) throw new AppError('unauthenticated', { userMessage: 'Sign in to go on' });
  return {
    workspaceId,
    url: `${env().NEXT_PUBLIC_SUPABASE_URL.replace(/^http/, 'ws').replace(/\/$/, '')}/realtime/v1`,
    key: env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    token,
    expiresAt: expiryOf(token),
  };
}

/** When a token ends, in milliseconds since 1970. The Data API has verified it on the way here. */
function expiryOf(token: string): number {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? Number(claims.exp) : 0;
  return exp * 1000;
}
