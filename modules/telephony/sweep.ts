import 'server-only';
import { unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';
import type { WebhookEvent } from '@/lib/http/webhook';
import { findCall, type ListedLeg, twilioProblem } from '@/lib/providers/twilio';
import type { Json } from '@/lib/supabase/database.types';
import { type CallEvent, callStates, noteCallEvents } from './call-events';

const callsPerRun = 50;
/** Less than this and asking once more might not end in time, in milliseconds. */
const spareMs = 45_000;
const silence = 'Twilio told nothing of this call.';

/** An element of `read_stale_calls`. */
type Stale = { id: string; direction: 'out' | 'in'; sid: string | null; is_lost: boolean };
type Leg = 'ours' | 'theirs';

/**
 * Settles calls whose callbacks never came: Twilio is asked what became of each; one that it doesn't know, or that was lost
 * before it had an id, ends after an hour and says so. A callback that comes later all the same still counts. Safe to run
 * twice at once: the same answer is one event.
 * @returns how many calls were asked about, told of, and given up
 */
export async function sweepCalls(ctx: CronContext): Promise<Record<string, number>> {
  const counts = { calls: 0, calls_told: 0, calls_lost: 0 };
  const stale = unwrap(
    await ctx.admin.rpc('read_stale_calls', { wanted: callsPerRun }),
  ) as unknown as Stale[];
  const isAskable = twilioProblem() === null;
  for (const call of stale) {
    if (ctx.timeLeftMs() < spareMs) break;
    counts.calls += 1;
    try {
      const found = call.sid && isAskable ? await findCall(call.sid) : null;
      const events = found ? toldOf(call, found) : call.is_lost ? [lost(call)] : [];
      if (events.length > 0) await noteCallEvents(ctx.admin, events);
      if (!found && call.is_lost) counts.calls_lost += 1;
      else if (events.length > 0) counts.calls_told += 1;
    } catch (error) {
      // nothing is known of it; the next run asks again
      ctx.log.warn({ err: error, callId: call.id }, 'Twilio could not be asked for a call');
    }
  }
  return counts;
}

/** Which leg the provider knows under the call's own id. */
const ownLeg = ({ direction }: Stale): Leg => (direction === 'out' ? 'ours' : 'theirs');

const eventOf = (call: Stale, says: CallEvent): WebhookEvent => ({
  id: `swept:${call.id}:${says.leg}:${says.status}`,
  type: 'call_swept',
  payload: { form: {}, says: { call_id: call.id, ...says } as Json },
});

const lost = (call: Stale) => eventOf(call, { leg: ownLeg(call), status: 'canceled', problem: silence });

/** What Twilio's answer says, in the words of its callbacks. */
function toldOf(call: Stale, found: { leg: ListedLeg; dialled: ListedLeg[] }): WebhookEvent[] {
  const own = ownLeg(call);
  const [other] = found.dialled;
  const events = eventsOf(call, found.leg, own);
  if (other) events.push(...eventsOf(call, other, own === 'ours' ? 'theirs' : 'ours'));
  return events;
}

function eventsOf(call: Stale, { sid, status: word, startedAt, endedAt, seconds }: ListedLeg, leg: Leg) {
  const status = callStates[word];
  if (!status) return [];
  const events: WebhookEvent[] = [];
  if (status === 'completed' && startedAt)
    events.push(eventOf(call, { leg, sid, status: 'in_progress', at: startedAt }));
  // nobody was rung but the caller, whose phone nobody picked up
  const isUnanswered =
    call.direction === 'out' && leg === 'ours' && ['busy', 'no_answer', 'failed'].includes(status);
  events.push(
    eventOf(call, {
      leg,
      sid,
      status: isUnanswered ? 'canceled' : status,
      at: (status === 'in_progress' ? startedAt : endedAt) ?? undefined,
      duration: seconds ?? undefined,
      ...(isUnanswered && { problem: 'Your own phone wasn’t picked up.' }),
    }),
  );
  return events;
}
