/** Ten thousand status callbacks of 1,250 calls, each sent twice, shuffled, signed and one by one as Twilio sends them: how long until all are handled, and whether every call ends the same. */
import http from 'node:http';
import postgres from 'postgres';
import twilio from 'twilio';
import { createWorkspace, signUp, unique } from '../support/factories';
import { uniqueNumber } from '../support/twilio';
import { type Bench, type Figures, machine, round } from './harness';

const calls = 1250;
/** Twilio posts from many servers at once. */
const atOnce = 64;

const told = ['initiated', 'ringing', 'in-progress', 'completed'];

type Hook = { path: string; body: string; signature: string };

/** The eight callbacks of a call: four of our leg, four of theirs. */
function hooksOf(id: string, n: number, appUrl: string, token: string): Hook[] {
  return ['ours', 'theirs'].flatMap((leg) =>
    told.map((CallStatus, at) => {
      const path = `/api/webhooks/twilio/call-status?call=${id}&leg=${leg}`;
      const form = {
        AccountSid: 'AC00000000000000000000000000000000',
        CallSid: `CA${leg}${id}`,
        CallStatus,
        Direction: leg === 'ours' ? 'outbound-api' : 'outbound-dial',
        From: '+15125550190',
        To: '+15125550142',
        SequenceNumber: String(at),
        Timestamp: new Date(1_790_000_000_000 + n * 1000 + at * 10_000).toUTCString(),
        ...(CallStatus === 'completed' && { CallDuration: leg === 'ours' ? '40' : '31', Duration: '1' }),
      };
      return {
        path,
        body: new URLSearchParams(form).toString(),
        signature: twilio.getExpectedTwilioSignature(token, `${appUrl}${path}`, form),
      };
    }),
  );
}

/** @returns the answer's status */
function post(agent: http.Agent, appUrl: string, { path, body, signature }: Hook): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${appUrl}${path}`,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-twilio-signature': signature,
        },
      },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    request.on('error', reject).end(body);
  });
}

/** @returns seconds until 20,000 posts were answered, and the states that the calls ended in (one is what is wanted) */
export async function callEventsBench({ stack, appUrl, log }: Bench): Promise<Figures> {
  const sql = postgres(stack.dbUrl, { max: 2, onnotice: () => undefined });
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
  try {
    const owner = await signUp();
    const workspace = await createWorkspace(owner, `Calls ${unique()}`);
    const rows = await sql<{ id: string }[]>`
      with phone as (insert into phones (workspace_id, e164) values (${workspace.id}, ${uniqueNumber()}) returning id)
      insert into calls (workspace_id, phone_id, via, user_id, status, status_rank)
      select ${workspace.id}, phone.id, 'phone', ${owner.userId}, 'dialling', 1 from phone, generate_series(1, ${calls}) returning id`;
    const token = stack.env.TWILIO_AUTH_TOKEN ?? '';
    const all = rows.flatMap(({ id }, n) => hooksOf(id, n, appUrl, token));
    const twice = [...all, ...all];
    // shuffled by a fixed step that shares no factor with their number
    const waiting = twice.map((_, n) => twice[(n * 7919) % twice.length] as Hook);
    let next = 0;
    let failed = 0;
    let slowest = 0;
    const work = async () => {
      for (let hook = waiting[next++]; hook; hook = waiting[next++]) {
        const sent = performance.now();
        if ((await post(agent, appUrl, hook)) !== 204) failed += 1;
        slowest = Math.max(slowest, performance.now() - sent);
      }
    };
    const begin = performance.now();
    await Promise.all(Array.from({ length: atOnce }, work));
    const seconds = round((performance.now() - begin) / 1000);
    const states = await sql<
      { status: string; status_rank: number; duration_seconds: number; talked: number }[]
    >`
      select distinct status, status_rank, duration_seconds, extract(epoch from ended_at - answered_at)::int as talked
        from calls where workspace_id = ${workspace.id}`;
    log(`  ${all.length} callbacks, each twice: ${seconds} s, ${failed} failed, end states ${states.length}`);
    return {
      callbacks: all.length,
      posts: waiting.length,
      seconds,
      slowest_ms: Math.round(slowest),
      failed,
      end_states: states.length,
      ended: JSON.stringify(states[0] ?? null),
      machine: machine(),
    };
  } finally {
    agent.destroy();
    await sql.end();
  }
}
