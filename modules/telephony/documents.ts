import 'server-only';
import twilio from 'twilio';
import { unwrap } from '@/lib/errors';
import type { WebhookContext } from '@/lib/http/webhook';
import type { Json } from '@/lib/supabase/database.types';
import { decide } from '@/modules/gate/domain';
import { factsOfPhone, type PhoneFactsRow } from '@/modules/gate/phone';
import { reasonSentence } from '@/modules/gate/reasons';
import type { HookForm } from './call-events';
import { browserIdentity, hookUrl } from './domain';
import { factsOfNumber, type OwnNumberRow } from './service';

type Voice = InstanceType<typeof twilio.twiml.VoiceResponse>;
type BridgeFacts = {
  id: string;
  user_id: string | null;
  status_rank: number;
  provider_sid: string | null;
  is_overridden: boolean;
  is_recording: boolean;
  number: OwnNumberRow | null;
  phone: PhoneFactsRow;
};
type InboundCall = {
  /** null: the caller doesn't say who they are */
  call_id: string | null;
  greeting: string;
  voicemail_greeting: string;
  is_recording: boolean;
  ring: { user_id: string; e164: string } | null;
};

/** How long they ring, in seconds. */
const ownerRings = 30;
const memberRings = 20;
const longestMessage = 180;
const allEvents = ['initiated', 'ringing', 'answered', 'completed'] as const;
const recorded = 'This call is recorded.';
/** What Twilio writes for callers who withhold their number. @see https://help.twilio.com/articles/223179988 */
const withheld = new Set(['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253', '+464']);

const response = (): Voice => new twilio.twiml.VoiceResponse();

function saying(text: string): Voice {
  const twiml = response();
  twiml.say(text);
  twiml.hangup();
  return twiml;
}

/** What a dial is recorded with, where the workspace says so. */
const recording = (isRecording: boolean, call: string) =>
  isRecording && {
    record: 'record-from-answer-dual' as const,
    recordingStatusCallback: hookUrl('recording', { call }),
    recordingStatusCallbackMethod: 'POST',
  };

/**
 * The caller has picked up, or a browser calls: puts them through, if the gate still says so, or says why not.
 * @param isBrowser the call must be the one whom its browser's token names
 */
export async function bridge(
  { admin, log }: WebhookContext,
  form: HookForm,
  callId: string | null,
  isBrowser = false,
): Promise<Voice> {
  const id = callId ?? '';
  const found = /^[0-9a-f-]{36}$/i.test(id) ? unwrap(await admin.rpc('bridge_facts', { call: id })) : null;
  const facts = found as unknown as BridgeFacts | null;
  const sid = form.CallSid ?? '';
  const isTheirs = !isBrowser || form.From === `client:${browserIdentity(facts?.user_id ?? '')}`;
  if (!facts || !isTheirs || (facts.provider_sid !== null && facts.provider_sid !== sid)) {
    log.warn({ callId: id, callSid: sid }, 'a bridge was asked for that no call leads to');
    return saying('This call is not known. Goodbye.');
  }
  if (facts.status_rank >= 6) return saying('The call was cancelled. Goodbye.');
  const decision = decide(
    {
      channel: 'call',
      phone: factsOfPhone(facts.phone),
      isPlacedByUs: true,
      isProviderSet: true,
      number: factsOfNumber(facts.number),
      isOverridden: facts.is_overridden,
    },
    new Date(),
  );
  const problem = decision.verdict === 'send' ? undefined : reasonSentence(decision.reason);
  const noted = { call: facts.id, sid, decision: decision as unknown as Json, problem: problem ?? null };
  unwrap(await admin.rpc('note_bridge', noted as typeof noted & { problem: string }));
  if (problem) return saying(`This number can’t be called now. ${problem}`);
  const twiml = response();
  if (facts.is_recording) twiml.say(recorded);
  const dial = twiml.dial({
    callerId: facts.number?.e164,
    timeout: ownerRings,
    answerOnBridge: true,
    action: hookUrl('bridge', { call: facts.id, after: '1' }),
    ...recording(facts.is_recording, facts.id),
  });
  dial.number(
    {
      statusCallback: hookUrl('call-status', { call: facts.id, leg: 'theirs' }),
      statusCallbackEvent: [...allEvents],
      ...(facts.is_recording && { url: hookUrl('bridge', { call: facts.id, announce: '1' }) }),
    },
    facts.phone.e164,
  );
  return twiml;
}

/** What whoever was called hears before they are put through. */
export function announcement(): Voice {
  const twiml = response();
  twiml.say(recorded);
  return twiml;
}

/** The dial is over: so is the call. */
export function afterBridge(form: HookForm): Voice {
  const wasAnswered = ['completed', 'answered'].includes(form.DialCallStatus ?? '');
  if (!wasAnswered) return saying('Nobody picked up. Goodbye.');
  const twiml = response();
  twiml.hangup();
  return twiml;
}

/**
 * Somebody calls one of our numbers: greets them and rings whoever is to take it; once that is over without anybody having
 * picked up, takes a message. The number that was called gives the workspace; one that isn't ours is rejected.
 * @param isAfter the ringing is over
 */
export async function incoming(
  { admin, log }: WebhookContext,
  form: HookForm,
  isAfter: boolean,
): Promise<Voice> {
  const { CallSid: sid = '', From: from = '', To: to = '' } = form;
  const isNumber = /^\+[1-9]\d{5,14}$/.test(from) && !withheld.has(from);
  const begun = await admin.rpc('begin_inbound_call', {
    sid,
    from_e164: (isNumber ? from : null) as string,
    to_e164: to,
  });
  const call = unwrap(begun) as unknown as InboundCall | null;
  const twiml = response();
  if (!call) {
    log.warn({ to, callSid: sid }, 'a call to a number that is no workspace’s');
    twiml.reject();
    return twiml;
  }
  if (call.call_id === null)
    log.info({ to, callSid: sid }, 'a call from somebody who withholds their number');
  if (isAfter && ['completed', 'answered'].includes(form.DialCallStatus ?? '')) {
    twiml.hangup();
    return twiml;
  }
  if (!isAfter) {
    twiml.say(call.greeting);
    if (call.ring) {
      if (call.is_recording && call.call_id) twiml.say(recorded);
      ringMember(twiml, call, from, isNumber);
      return twiml;
    }
  }
  if (call.call_id === null) {
    return saying('Nobody can take your call. Please call again and show your number. Goodbye.');
  }
  twiml.say(call.voicemail_greeting);
  twiml.record({
    maxLength: longestMessage,
    timeout: 5,
    playBeep: true,
    trim: 'trim-silence',
    action: hookUrl('voicemail', { call: call.call_id }),
    recordingStatusCallback: hookUrl('recording', { call: call.call_id, voicemail: '1' }),
  });
  return twiml;
}

function ringMember(twiml: Voice, call: InboundCall, from: string, isNumber: boolean): void {
  const id = call.call_id;
  const dial = twiml.dial({
    timeout: memberRings,
    answerOnBridge: true,
    action: hookUrl('voice', { after: '1', ...(id && { call: id }) }),
    ...(isNumber && { callerId: from }),
    ...(id && recording(call.is_recording, id)),
  });
  dial.number(
    id
      ? {
          statusCallback: hookUrl('call-status', { call: id, leg: 'ours' }),
          statusCallbackEvent: [...allEvents],
        }
      : {},
    call.ring?.e164 ?? '',
  );
}

/** A message was left. */
export const thanks = (): Voice => saying('Thank you. Goodbye.');
