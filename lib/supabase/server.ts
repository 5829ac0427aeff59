import 'server-only';
import { createServerClient } from '@supabase/ssr';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { cookies } from 'next/headers';
import ws from 'ws';
import { env } from '../env';
import type { Database } from './database.types';
import { sessionCookieOptions } from './session-cookie';

export type Client = SupabaseClient<Database>;

/** supabase-js builds a socket client with every client; Node before 22 has no WebSocket of its own for it. */
const realtime = { transport: ws as unknown as typeof WebSocket };

/**
 * A client that acts as the signed-in person of this request's cookies, under row level security. In a Server Component,
 * where cookies can't be written, a refreshed session is left for `proxy.ts` to store.
 */
export async function createCookieClient(headers: Record<string, string> = {}): Promise<Client> {
  const store = await cookies();
  return createServerClient<Database>(
    env().NEXT_PUBLIC_SUPABASE_URL,
    env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    {
      cookieOptions: { ...sessionCookieOptions, secure: env().APP_URL.startsWith('https:') },
      cookies: {
        getAll: () => store.getAll(),
        setAll: (items) => {
          try {
            for (const { name, value, options } of items) store.set(name, value, options);
          } catch {
            // a Server Component may not write cookies
          }
        },
      },
      global: { headers },
      realtime,
    },
  );
}

/** A client that acts as the holder of a Supabase access token. The Data API verifies the token. */
export function createBearerClient(token: string, headers: Record<string, string> = {}): Client {
  return createClient<Database>(env().NEXT_PUBLIC_SUPABASE_URL, env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    accessToken: async () => token,
    global: { headers },
    realtime,
  });
}
