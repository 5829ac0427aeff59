import 'server-only';
import twilio from 'twilio';
import { env } from '@/lib/env';
import { AppError, unwrap } from '@/lib/errors';
import { formatDateTime } from '@/lib/format';
import type { Context } from '@/lib/http/context';
import {
  browserCallsProblem,
  endCall,
  fetchRecording,
  placeCall,
  twilioProblem,
} from '@/lib/providers/twilio';
import type { Json } from '@/lib/supabase/database.types';
import { type Decision, decide } from '@/modules/gate/domain';
import { factsOfPhone, type OwnNumberFacts, type PhoneFactsRow } from '@/modules/gate/phone';
import { reasonSentence } from '@/modules/gate/reasons';
import { requireId } from '@/modules/records/service';
import { browserIdentity, hookUrl } from './domain';
import type { BrowserToken, Call, Dial, Dialled } from './schema';

/** How long the caller's own phone rings. */
const ringSeconds = 25;
const tokenSeconds = 3600;

/** One of our numbers, as the database tells of it. */
export type OwnNumberRow = {
  e164: string;
  status: 'active' | 'paused';
  breaker: OwnNumberFacts['breaker'];
  is_archived: boolean;
};
type DialFacts = {
  phone: PhoneFactsRow;
  number: (OwnNumberRow & { id: string }) | null;
  caller_phone: string | null;
  is_admin: boolean;
  live: Call | null;
};

/** What the gate asks of a number of ours. */
export const factsOfNumber = (number: OwnNumberRow | null): OwnNumberFacts | null =>
  number && { status: number.status, breaker: number.breaker, isArchived: number.is_archived };

/**
 * Calls a number: asks the gate, keeps the call, and only then has the provider ring.
 * @returns the call; `tel` where the caller dials by hand
 * @throws {AppError} `forbidden` without the claim, or for an override by a member; `conflict` where the gate says no (`current`
 * is its decision) or the caller is on another call (`current` is that one); `invalid` where the caller's own phone, or our
 * number, isn't set
 */
export async function dial(ctx: Context, phoneId: string, input: Dial): Promise<Dialled> {
  const phone = requireId(phoneId);
  const workspace = ctx.workspaceId;
  const facts = unwrap(
    await ctx.supabase.rpc('dial_facts', { workspace, phone, own_number: input.phone_number_id }),
  ) as unknown as DialFacts;
  if (input.override && !facts.is_admin) {
    throw new AppError('forbidden', { userMessage: 'Only an admin can call in spite of a hold' });
  }
  const isPlacedByUs = input.via !== 'manual';
  const decision = decide(
    {
      channel: 'call',
      phone: factsOfPhone(facts.phone),
      isPlacedByUs,
      isProviderSet: twilioProblem() === null,
      number: factsOfNumber(facts.number),
      isOverridden: input.override,
    },
    new Date(),
  );
  if (decision.verdict !== 'send') throw refusal(decision);
  if (facts.phone.claim?.is_mine !== true) {
    throw new AppError('forbidden', { userMessage: 'Claim this number first' });
  }
  if (isPlacedByUs && facts.live) throw onCall(facts.live);
  if (input.via === 'phone' && !facts.caller_phone) {
    const message = 'Say in Settings → Profile which phone of yours is to ring';
    throw new AppError('invalid', { userMessage: message, fields: { phone_e164: message } });
  }
  if (input.via === 'browser') {
    const problem = browserCallsProblem();
    if (problem) throw new AppError('invalid', { userMessage: problem, fields: { via: problem } });
  }
  const begun = await ctx.supabase.rpc('begin_call', {
    workspace,
    phone,
    via: input.via,
    decision: decision as unknown as Json,
    own_number: isPlacedByUs ? facts.number?.id : undefined,
  });
  const call = unwrap(begun) as unknown as Call;
  if (input.via === 'manual') return { call, decision, tel: `tel:${facts.phone.e164}` };
  if (input.via === 'browser') return { call, decision };
  return { call: await ring(ctx, call, facts), decision };
}

/** Has the provider ring the caller's own phone; what became of that is kept with the call. */
async function ring(ctx: Context, call: Call, { caller_phone: to, number }: DialFacts): Promise<Call> {
  const result = await placeCall({
    to: to ?? '',
    from: number?.e164 ?? '',
    url: hookUrl('bridge', { call: call.id }),
    statusCallback: hookUrl('call-status', { call: call.id, leg: 'ours' }),
    ringSeconds,
  });
  if (result.kind !== 'accepted') ctx.log.warn({ callId: call.id, result }, 'a call was not placed');
  const isUnknown = result.kind === 'unknown';
  const done = await ctx.supabase.rpc('finish_dial', {
    workspace: ctx.workspaceId,
    call: call.id,
    ...(result.kind === 'accepted'
      ? { state: 'queued', sid: result.sid }
      : { state: isUnknown ? 'unknown' : 'failed', problem: result.message }),
  });
  return unwrap(done) as unknown as Call;
}

/** One call. @throws {AppError} `not_found` */
export async function getCall(ctx: Pick<Context, 'supabase' | 'workspaceId'>, id: string): Promise<Call> {
  const found = await ctx.supabase.rpc('get_call', { workspace: ctx.workspaceId, call: requireId(id) });
  return unwrap(found) as unknown as Call;
}

/**
 * Ends a call: its caller, or an admin. One that has ended already stays as it is.
 * @throws {AppError} `not_found`, `forbidden`, `unavailable` where the provider can't be asked
 */
export async function hangUp(ctx: Context, id: string): Promise<Call> {
  const asked = await ctx.supabase.rpc('cancel_call', { workspace: ctx.workspaceId, call: requireId(id) });
  const { call, sid } = unwrap(asked) as unknown as { call: Call; sid: string | null };
  if (!sid) return call;
  const result = await endCall(sid);
  const isOver = result.kind === 'recipient_refused' || result.kind === 'accepted';
  if (!isOver) {
    ctx.log.warn({ callId: call.id, result }, 'a call could not be ended');
    throw new AppError('unavailable', { userMessage: 'The call could not be ended. Hang up your phone.' });
  }
  return call;
}

/**
 * A call's recording as sound; the provider's address never leaves the server.
 * @throws {AppError} `not_found` where there is none, `unavailable` where the provider can't be asked
 */
export async function getRecording(ctx: Context, id: string, range: string | null): Promise<Response> {
  const found = await ctx.supabase
    .from('calls')
    .select('recording_sid')
    .match({ workspace_id: ctx.workspaceId, id: requireId(id) })
    .maybeSingle();
  const sid = unwrap(found)?.recording_sid;
  const nothing = new AppError('not_found', { userMessage: 'This call has no recording' });
  if (!sid) throw nothing;
  let sound: Response | null;
  try {
    sound = await fetchRecording(sid, range);
  } catch (cause) {
    throw new AppError('unavailable', {
      userMessage: 'The recording can’t be fetched now. Try again.',
      cause,
    });
  }
  if (!sound) throw nothing;
  const headers = new Headers({ 'content-type': 'audio/mpeg', 'accept-ranges': 'bytes' });
  for (const name of ['content-length', 'content-range']) {
    const value = sound.headers.get(name);
    if (value) headers.set(name, value);
  }
  return new Response(sound.body, { status: sound.status, headers });
}

/** What a browser connects to the provider with. @throws {AppError} `invalid` where the settings for it are missing */
export function browserToken(userId: string): BrowserToken {
  const problem = browserCallsProblem();
  const { TWILIO_ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, TWILIO_TWIML_APP_SID } = env();
  if (!TWILIO_ACCOUNT_SID || !TWILIO_API_KEY_SID || !TWILIO_API_KEY_SECRET || !TWILIO_TWIML_APP_SID) {
    throw new AppError('invalid', { userMessage: problem ?? '' });
  }
  const { AccessToken } = twilio.jwt;
  const identity = browserIdentity(userId);
  const token = new AccessToken(TWILIO_ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, {
    identity,
    ttl: tokenSeconds,
  });
  token.addGrant(
    new AccessToken.VoiceGrant({ outgoingApplicationSid: TWILIO_TWIML_APP_SID, incomingAllow: false }),
  );
  const expires = new Date(Date.now() + tokenSeconds * 1000).toISOString();
  return { token: token.toJwt(), identity, expires_at: expires };
}

function refusal(decision: Decision): AppError {
  const until = decision.until
    ? ` Not before ${formatDateTime(decision.until, decision.zone ?? 'UTC')}.`
    : '';
  return new AppError('conflict', {
    userMessage: `${reasonSentence(decision.reason)}${until}`,
    current: decision,
  });
}

const onCall = (live: Call) =>
  new AppError('conflict', { userMessage: 'You are on a call already', current: live });
