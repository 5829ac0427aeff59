import 'server-only';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { MemberContext } from '@/lib/http/context';
import type { RealtimeAccess } from '@/lib/realtime-client';

/**
 * What the browser needs to join the workspace's topics: the session's own access token, for an hour at most, kept in
 * memory. The cookies stay closed to scripts; the refresh token never leaves them.
 * @throws {AppError} `unauthenticated` where the session is gone.
 */
export async function getRealtimeAccess({ supabase, workspaceId }: MemberContext): Promise<RealtimeAccess> {
  const { data } = await supabase.auth.getSession();
  if (!data.session) throw new AppError('unauthenticated', { userMessage: 'Sign in to go on' });
  return {
    workspaceId,
    url: `${env().NEXT_PUBLIC_SUPABASE_URL.replace(/^http/, 'ws').replace(/\/$/, '')}/realtime/v1`,
    key: env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    token: data.session.access_token,
    expiresAt: (data.session.expires_at ?? 0) * 1000,
  };
}
