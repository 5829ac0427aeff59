import 'server-only';
import { unwrap } from '@/lib/errors';
import { gather } from '@/lib/gather';
import type { HandledEvent, WebhookEvent } from '@/lib/http/webhook';
import { formParams } from '@/lib/providers/twilio';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';

/** What a webhook's request says of a call, as `note_call_events` takes it. */
export type CallEvent = {
  /** The row's, from the address that we gave for it. */
  call_id?: string;
  sid?: string;
  leg?: 'ours' | 'theirs' | 'dial';
  /** In the words of `calls.status`. */
  status?: string;
  /** ISO 8601 */
  at?: string;
  /** Seconds. */
  duration?: number;
  problem?: string;
  recording_sid?: string;
  recording_seconds?: number;
  is_voicemail?: boolean;
};

/** What Twilio's states are called here. @see https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
export const callStates: Readonly<Record<string, string>> = {
  queued: 'queued',
  initiated: 'initiated',
  ringing: 'ringing',
  'in-progress': 'in_progress',
  answered: 'in_progress',
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'canceled',
};
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A form with one value for each name. */
export type HookForm = Record<string, string>;

/** Reads a webhook's form; of a name that comes several times, the first. */
export function readForm(rawBody: string): HookForm {
  const form: HookForm = {};
  for (const [name, value] of Object.entries(formParams(rawBody))) {
    form[name] = Array.isArray(value) ? (value[0] ?? '') : value;
  }
  return form;
}

const seconds = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;

function instant(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function callIdOf(request: Request): string | undefined {
  const id = new URL(request.url).searchParams.get('call') ?? '';
  return uuid.test(id) ? id : undefined;
}

const hookEvent = (id: string, type: string, form: HookForm, says: CallEvent): WebhookEvent[] => [
  { id: id.slice(0, 200), type, payload: { form, says: says as Json } },
];

/** How far a leg is. Which leg, the address says that we gave for it; a number's own callback tells of calls to us. */
export function statusEvents(rawBody: string, request: Request): WebhookEvent[] {
  const form = readForm(rawBody);
  if (!form.CallSid || !form.CallStatus) throw new Error('no CallSid or CallStatus');
  const given = new URL(request.url).searchParams.get('leg');
  const isIncoming = form.Direction === 'inbound' && !form.From?.startsWith('client:');
  const leg = given === 'theirs' || (given !== 'ours' && isIncoming) ? 'theirs' : 'ours';
  const status = callStates[form.CallStatus];
  const isUnanswered =
    leg === 'ours' && ['busy', 'no_answer', 'failed'].includes(status ?? '') && !isIncoming;
  const sequence = form.SequenceNumber ? `:${form.SequenceNumber}` : '';
  return hookEvent(`${form.CallSid}:${form.CallStatus}${sequence}`, 'call_status', form, {
    call_id: callIdOf(request),
    sid: form.CallSid,
    leg,
    // nobody was rung but the caller, whose phone nobody picked up
    status: isUnanswered ? 'canceled' : status,
    ...(isUnanswered && { problem: 'Your own phone wasn’t picked up.' }),
    at: instant(form.Timestamp),
    duration: seconds(form.CallDuration),
  });
}

/** A document is asked for; where that follows a dial, what the dial came to. */
export function documentEvents(rawBody: string, request: Request): WebhookEvent[] {
  const form = readForm(rawBody);
  if (!form.CallSid) throw new Error('no CallSid');
  const { pathname } = new URL(request.url);
  const document = pathname.split('/').at(-1) ?? '';
  const came = form.DialCallStatus;
  if (!came) return hookEvent(`${form.CallSid}:${document}`, 'call_document', form, {});
  return hookEvent(`${form.CallSid}:dial:${came}`, 'call_dialled', form, {
    call_id: callIdOf(request),
    sid: form.DialCallSid,
    leg: 'dial',
    status: callStates[came],
    duration: seconds(form.DialCallDuration),
  });
}

/** A recording is there: of a conversation, or a message that was left. */
export function recordingEvents(rawBody: string, request: Request): WebhookEvent[] {
  const form = readForm(rawBody);
  if (!form.CallSid || !form.RecordingSid) throw new Error('no CallSid or RecordingSid');
  const { searchParams, pathname } = new URL(request.url);
  const isLeft = pathname.endsWith('/voicemail');
  const isThere = isLeft || form.RecordingStatus === 'completed' || form.RecordingStatus === undefined;
  return hookEvent(
    `${form.RecordingSid}:${isLeft ? 'left' : (form.RecordingStatus ?? '')}`,
    'recording',
    form,
    {
      call_id: callIdOf(request),
      ...(isThere && {
        recording_sid: form.RecordingSid.slice(0, 64),
        recording_seconds: seconds(form.RecordingDuration),
        is_voicemail: isLeft || searchParams.get('voicemail') === '1',
      }),
    },
  );
}

type Noted = { admin: Client; event: WebhookEvent };

const note = gather(async (noted: Noted[]): Promise<HandledEvent[]> => {
  const rows = noted.map(({ event: { id, type, payload } }) => {
    const { form, says } = payload as { form: Json; says: CallEvent };
    return { event_id: id, type, payload: form, ...says };
  });
  const [first] = noted;
  if (!first) return [];
  const answered = unwrap(await first.admin.rpc('note_call_events', { events: rows as Json }));
  const errors = new Map(
    (answered as { event_id: string; error: string | null }[]).map(({ event_id, error }) => [
      event_id,
      error,
    ]),
  );
  return rows.map(({ event_id: id }) => ({ id, error: errors.get(id) ?? null }));
});

/**
 * Keeps what Twilio tells of calls and moves them forward, in one transaction; what comes in at the same time goes together.
 * @returns each event, with an error where it is of no call of ours
 */
export function noteCallEvents(admin: Client, events: WebhookEvent[]): Promise<HandledEvent[]> {
  return Promise.all(events.map((event) => note({ admin, event })));
}

/** The form of a request that is one event. */
export function formOf([event]: WebhookEvent[]): HookForm {
  return (event?.payload as { form?: HookForm } | undefined)?.form ?? {};
}

/** Keeps that a document was asked for; where that follows a dial, what the dial came to moves the call forward. */
export async function noteDocument(admin: Client, events: WebhookEvent[]): Promise<HandledEvent[]> {
  // what asks for a document tells nothing, and comes before there is a call to tell it of
  const told = events.filter(({ type }) => type === 'call_dialled');
  const asked = events.filter(({ type }) => type !== 'call_dialled');
  return [...asked.map(({ id }) => ({ id, error: null })), ...(await noteCallEvents(admin, told))];
}
