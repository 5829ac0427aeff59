import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { after } from 'next/server';
import { env } from '../env';
import { AppError, unwrap } from '../errors';
import { type Log, logger } from '../logger';
import { createAdminClient } from '../supabase/admin';
import type { Client } from '../supabase/server';
import { accepted, errorResponse, ok } from './respond';

/** How long a run may work before it must hand back what is left, in milliseconds. Vercel ends a function at 300 s. */
const softDeadlineMs = 240_000;
/** How long a run that was killed keeps the next one away. A living run says so more often than that. */
const leaseMs = 20_000;
const heartbeatMs = 5_000;
/** After which a cron that was started early, and found another run at work, looks again. */
const secondLookMs = 1_000;

export type CronContext = {
  /** The service role: filter by workspace_id. */
  admin: Client;
  log: Log;
  requestId: string;
  /** Milliseconds left before the run must end and leave the rest to the next one. */
  timeLeftMs: () => number;
};

/** Asks for the answer at the start of the work instead of at its end (RFC 7240, 4.1). */
const respondAsync = 'respond-async';

/**
 * Wraps a cron's handler: the bearer is compared in constant time and refused where no secret is set; a lease in
 * `cron_runs` lets one run of a name work at a time; the counts it returns are kept in its row. A run that dies leaves a
 * lease that ends by itself, so a handler must be safe to kill at any point and to run again.
 *
 * A caller that prefers `respond-async` gets 202 at once, and the work goes on behind the answer, in this invocation and
 * for as long as the platform lets it live; what goes wrong then is only logged, and kept in the run's row.
 * @see https://vercel.com/docs/cron-jobs/manage-cron-jobs#securing-cron-jobs
 */
export function cron(name: string, handler: (ctx: CronContext) => Promise<Record<string, number>>) {
  return async (request: Request): Promise<Response> => {
    const requestId = crypto.randomUUID();
    const log = logger({ requestId, cron: name });
    let response: Response;
    try {
      authorize(request.headers.get('authorization'));
      if (request.headers.get('prefer') === respondAsync) {
        after(() =>
          runSoon(name, handler, { requestId, log }).catch((error: unknown) =>
            log.error({ err: error }, 'a cron that was started early failed'),
          ),
        );
        response = accepted({ status: 'started' });
      } else {
        response = ok(await run(name, handler, { requestId, log }));
      }
    } catch (error) {
      response = errorResponse(error, requestId, log);
    }
    response.headers.set('x-request-id', requestId);
    return response;
  };
}

function authorize(header: string | null): void {
  const secret = env().CRON_SECRET;
  const refused = new AppError('unauthenticated', { userMessage: 'This needs the cron secret' });
  if (!secret) throw refused;
  const shown = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${secret}`);
  if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) throw refused;
}

/**
 * Runs; where another run is at work, asks once more a moment later. That one either sees what this one was started for, or
 * had looked for the last time and ends just now: without the second look it would wait for the next minute.
 */
async function runSoon(...args: Parameters<typeof run>): Promise<void> {
  const { status } = await run(...args);
  if (status === 'done') return;
  await new Promise((resolve) => setTimeout(resolve, secondLookMs));
  await run(...args);
}

async function run(
  name: string,
  handler: (ctx: CronContext) => Promise<Record<string, number>>,
  { requestId, log }: { requestId: string; log: Log },
) {
  const admin = createAdminClient();
  const endsAt = Date.now() + softDeadlineMs;
  const runId = unwrap(await admin.rpc('begin_cron_run', { cron_name: name, lease_seconds: leaseMs / 1000 }));
  if (!runId) return { status: 'already running' };
  const heartbeat = setInterval(() => {
    const leaseUntil = new Date(Date.now() + leaseMs).toISOString();
    void admin
      .from('cron_runs')
      .update({ lease_until: leaseUntil })
      .eq('id', runId)
      .then(({ error }) => error && log.warn({ err: error }, 'a cron could not renew its lease'));
  }, heartbeatMs);
  const finish = async (counts: Record<string, number>, error: string | null) =>
    unwrap(
      await admin
        .from('cron_runs')
        .update({ finished_at: new Date().toISOString(), counts, error })
        .eq('id', runId),
    );
  try {
    const counts = await handler({ admin, log, requestId, timeLeftMs: () => endsAt - Date.now() });
    await finish(counts, null);
    log.info({ counts }, 'cron finished');
    return { status: 'done', counts };
  } catch (error) {
    await finish({}, error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Starts a cron now, after the response is sent, instead of at its next minute. Whatever goes wrong here is only logged:
 * the scheduled run does the work anyway.
 *
 * The cron answers as soon as it has begun and works in an invocation of its own: `after()` keeps this one alive, and on
 * Vercel paid for, until its promise ends, which must not be as long as the work. Not waiting for any answer would be
 * shorter still, but a function that is frozen there may not have sent its request yet.
 */
export function kickCron(name: string, log: Log): void {
  after(async () => {
    const { APP_URL, CRON_SECRET } = env();
    const response = await fetch(`${APP_URL}/api/cron/${name}`, {
      headers: { authorization: `Bearer ${CRON_SECRET ?? ''}`, prefer: respondAsync },
    }).catch((cause: unknown) => {
      log.warn({ err: cause, cron: name }, 'a cron could not be started early');
      return null;
    });
    if (response && !response.ok)
      log.warn({ status: response.status, cron: name }, 'a cron refused to start early');
  });
}
