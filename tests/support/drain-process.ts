/**
 * A drain as a process of its own, so that it can be killed: `node --conditions=react-server --import tsx drain-process.ts`.
 * Settings: DRAIN_OPTIONS, JSON of { job, workspaceId, at, batch, burst }; job `followups` writes the mails after calls in place of
 * sending, job `texts` sends texts. Prints its counts as JSON.
 */
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';
import { env } from '../../lib/env';
import { logger } from '../../lib/logger';
import type { Database } from '../../lib/supabase/database.types';
import { queueFollowups } from '../../modules/calling/followups';
import { drainQueue } from '../../modules/sending/queue';
import { drainTexts } from '../../modules/texts/queue';

const { at, job, ...options } = JSON.parse(process.env.DRAIN_OPTIONS ?? '{}') as {
  at?: string;
  job?: 'followups' | 'texts';
  workspaceId?: string;
  batch?: number;
  burst?: number;
};
const admin = createClient<Database>(env().NEXT_PUBLIC_SUPABASE_URL, env().SUPABASE_SECRET_KEY, {
  auth: { persistSession: false, autoRefreshToken: false },
  realtime: { transport: ws as unknown as typeof WebSocket },
});
const ctx = { admin, log: logger({}), timeLeftMs: () => 600_000 };
const timed = { ...options, ...(at && { clock: () => new Date(at) }) };
const jobs = {
  mails: () => drainQueue(ctx, timed),
  texts: () => drainTexts(ctx, timed),
  followups: () => queueFollowups({ ...ctx, requestId: 'test' }, options),
};
const counts = await jobs[job ?? 'mails']();
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exit(0);
