import 'server-only';
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';
import { env } from '../env';
import type { Database } from './database.types';
import type { Client } from './server';

/**
 * The service role: passes every row level security policy, so whoever uses it filters by workspace_id. Only the cron
 * and webhook wrappers of `lib/http` may import it.
 */
export function createAdminClient(): Client {
  return createClient<Database>(env().NEXT_PUBLIC_SUPABASE_URL, env().SUPABASE_SECRET_KEY, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    realtime: { transport: ws as unknown as typeof WebSocket },
  });
}
