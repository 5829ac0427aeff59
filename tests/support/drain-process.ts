/**
 * A drain as a process of its own, so that it can be killed: `node --conditions=react-server --import tsx drain-process.ts`.
 * Settings: DRAIN_OPTIONS, JSON of { workspaceId, at, batch, burst }. Prints its counts as JSON.
 */
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';
import { env } from '../../lib/env';
import { logger } from '../../lib/logger';
import type { Database } from '../../lib/supabase/database.types';
import { drainQueue } from '../../modules/sending/queue';

const { at, ...options } = JSON.parse(process.env.DRAIN_OPTIONS ?? '{}') as {
  at?: string;
  workspaceId?: string;
  batch?: number;
  burst?: number;
};
const admin = createClient<Database>(env().NEXT_PUBLIC_SUPABASE_URL, env().SUPABASE_SECRET_KEY, {
  auth: { persistSession: false, autoRefreshToken: false },
  realtime: { transport: ws as unknown as typeof WebSocket },
});
const counts = await drainQueue(
  { admin, log: logger({}), timeLeftMs: () => 600_000 },
  { ...options, ...(at && { clock: () => new Date(at) }) },
);
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exit(0);
