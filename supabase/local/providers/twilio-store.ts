/** What the Twilio emulator knows: the account's numbers, texts, calls and recordings, and how its REST words them. */
import { randomBytes } from 'node:crypto';

/** A number of the account. */
export interface EmulatedNumber {
  sid: string;
  e164: string;
  label: string;
  features: ('sms' | 'voice')[];
  voiceUrl: string;
  smsUrl: string;
  statusUrl: string;
}

/** A text, either way. */
export interface EmulatedText {
  sid: string;
  direction: 'inbound' | 'outbound-api';
  from: string;
  to: string;
  body: string;
  status: string;
  errorCode: number | null;
  statusCallback: string | null;
  messagingServiceSid: string | null;
  atMs: number;
}

/** One leg of a call. */
export interface EmulatedCall {
  sid: string;
  parentSid: string | null;
  direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  from: string;
  to: string;
  status: string;
  /** Who is told of it, and of what. */
  statusCallback: string | null;
  statusEvents: string[];
  sequence: number;
  atMs: number;
  answeredAtMs: number | null;
  endedAtMs: number | null;
  /** In seconds, once it has ended. */
  duration: number | null;
  /** What was said and played to it, in order. */
  heard: string[];
  /** The documents it was told to follow, newest last. */
  documents: string[];
}

/** A recording. */
export interface EmulatedRecording {
  sid: string;
  callSid: string;
  seconds: number;
  atMs: number;
}

/** The numbers that every emulated account has. */
export const ACCOUNT_NUMBERS: readonly Pick<EmulatedNumber, 'e164' | 'label' | 'features'>[] = [
  { e164: '+15125550190', label: 'Acquisitions', features: ['sms', 'voice'] },
  { e164: '+13125550191', label: 'Chicago', features: ['sms', 'voice'] },
  { e164: '+18005550192', label: 'Toll-free', features: ['voice'] },
];

/** An id as Twilio's are. @param kind such as `CA` */
export const newSid = (kind: string) => `${kind}${randomBytes(16).toString('hex')}`;

/** A failure, as Twilio words it. @see https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions */
export const failure = (status: number, code: number, message: string) => ({
  code,
  message,
  more_info: `https://www.twilio.com/docs/errors/${code}`,
  status,
});

const rfc2822 = (ms: number | null) =>
  ms === null ? null : new Date(ms).toUTCString().replace('GMT', '+0000');

/** Texts and calls that are kept; older ones are forgotten. */
const KEPT = 50_000;

/** Everything one emulator has seen. */
export class TwilioStore {
  readonly texts = new Map<string, EmulatedText>();
  readonly calls = new Map<string, EmulatedCall>();
  readonly recordings = new Map<string, EmulatedRecording>();
  readonly numbers: EmulatedNumber[] = [];
  /** Requests that asked for a text, or for a call, taken or not. */
  attempts = { texts: 0, calls: 0 };
  /** How each text was taken, by to and body: what was sent twice shows here. */
  private timesTexted = new Map<string, number>();

  constructor(
    readonly accountSid: string,
    private readonly appUrl: string,
  ) {
    for (const number of ACCOUNT_NUMBERS) this.addNumber(number);
  }

  /** Gives the account a number. Calls and texts to it go to the app, unless it is told otherwise. */
  addNumber(number: Pick<EmulatedNumber, 'e164'> & Partial<EmulatedNumber>): EmulatedNumber {
    const known = this.numbers.find(({ e164 }) => e164 === number.e164);
    if (known) return known;
    const added: EmulatedNumber = {
      sid: newSid('PN'),
      label: number.e164,
      features: ['sms', 'voice'],
      voiceUrl: '',
      smsUrl: '',
      statusUrl: '',
      ...number,
    };
    this.numbers.push(added);
    return added;
  }

  /** Where calls or texts to a number are announced; a number that nobody pointed anywhere is announced to the app. */
  urlOf(e164: string, what: 'voice' | 'sms' | 'call-status'): string {
    const number = this.numbers.find((one) => one.e164 === e164);
    const url =
      number && { voice: number.voiceUrl, sms: number.smsUrl, 'call-status': number.statusUrl }[what];
    return url || `${this.appUrl}/api/webhooks/twilio/${what}`;
  }

  addText(text: Omit<EmulatedText, 'sid' | 'atMs' | 'errorCode'> & { sid?: string }): EmulatedText {
    const added: EmulatedText = { sid: newSid('SM'), errorCode: null, atMs: Date.now(), ...text };
    this.texts.set(added.sid, added);
    forgetOldest(this.texts);
    if (text.direction === 'outbound-api') {
      const key = `${text.to} ${text.body}`;
      this.timesTexted.set(key, (this.timesTexted.get(key) ?? 0) + 1);
    }
    return added;
  }

  addCall(
    call: Pick<EmulatedCall, 'direction' | 'from' | 'to' | 'parentSid' | 'statusCallback' | 'statusEvents'>,
  ): EmulatedCall {
    const added: EmulatedCall = {
      ...call,
      sid: newSid('CA'),
      status: call.direction === 'inbound' ? 'ringing' : 'queued',
      sequence: 0,
      atMs: Date.now(),
      answeredAtMs: null,
      endedAtMs: null,
      duration: null,
      heard: [],
      documents: [],
    };
    this.calls.set(added.sid, added);
    forgetOldest(this.calls);
    return added;
  }

  addRecording(callSid: string, seconds: number): EmulatedRecording {
    const recording = { sid: newSid('RE'), callSid, seconds, atMs: Date.now() };
    this.recordings.set(recording.sid, recording);
    return recording;
  }

  /** How much was asked for and taken, and which texts were taken more than once. */
  stats() {
    const outbound = [...this.texts.values()].filter(({ direction }) => direction === 'outbound-api');
    return {
      attempts: this.attempts,
      texts: outbound.length,
      calls: [...this.calls.values()].filter(({ direction }) => direction === 'outbound-api').length,
      duplicates: [...this.timesTexted]
        .filter(([, times]) => times > 1)
        .map(([key]) => key)
        .slice(0, 100),
    };
  }

  clear(): void {
    this.texts.clear();
    this.calls.clear();
    this.recordings.clear();
    this.timesTexted.clear();
    this.attempts = { texts: 0, calls: 0 };
    this.numbers.length = 0;
    for (const number of ACCOUNT_NUMBERS) this.addNumber(number);
  }

  /** A text as the REST words it. */
  textResource(text: EmulatedText) {
    const at = rfc2822(text.atMs);
    return {
      sid: text.sid,
      account_sid: this.accountSid,
      api_version: '2010-04-01',
      body: text.body,
      from: text.from,
      to: text.to,
      direction: text.direction,
      status: text.status,
      error_code: text.errorCode,
      error_message: null,
      messaging_service_sid: text.messagingServiceSid,
      num_media: '0',
      num_segments: String(Math.max(1, Math.ceil(text.body.length / 153))),
      price: null,
      price_unit: 'USD',
      date_created: at,
      date_sent: text.status === 'queued' || text.status === 'accepted' ? null : at,
      date_updated: at,
      uri: `/2010-04-01/Accounts/${this.accountSid}/Messages/${text.sid}.json`,
      subresource_uris: {},
    };
  }

  /** A call as the REST words it. */
  callResource(call: EmulatedCall) {
    return {
      sid: call.sid,
      account_sid: this.accountSid,
      api_version: '2010-04-01',
      parent_call_sid: call.parentSid,
      from: call.from,
      from_formatted: call.from,
      to: call.to,
      to_formatted: call.to,
      direction: call.direction,
      status: call.status,
      duration: call.duration === null ? null : String(call.duration),
      date_created: rfc2822(call.atMs),
      date_updated: rfc2822(Date.now()),
      start_time: rfc2822(call.answeredAtMs),
      end_time: rfc2822(call.endedAtMs),
      uri: `/2010-04-01/Accounts/${this.accountSid}/Calls/${call.sid}.json`,
      subresource_uris: {},
    };
  }

  /** A number as the REST words it. */
  numberResource(number: EmulatedNumber) {
    const { features } = number;
    return {
      sid: number.sid,
      account_sid: this.accountSid,
      api_version: '2010-04-01',
      phone_number: number.e164,
      friendly_name: number.label,
      capabilities: {
        voice: features.includes('voice'),
        sms: features.includes('sms'),
        mms: false,
        fax: false,
      },
      voice_url: number.voiceUrl,
      voice_method: 'POST',
      sms_url: number.smsUrl,
      sms_method: 'POST',
      status_callback: number.statusUrl,
      status_callback_method: 'POST',
      date_created: rfc2822(Date.now()),
      date_updated: rfc2822(Date.now()),
      uri: `/2010-04-01/Accounts/${this.accountSid}/IncomingPhoneNumbers/${number.sid}.json`,
    };
  }

  /** A recording as the REST words it. */
  recordingResource(recording: EmulatedRecording) {
    return {
      sid: recording.sid,
      account_sid: this.accountSid,
      api_version: '2010-04-01',
      call_sid: recording.callSid,
      duration: String(recording.seconds),
      status: 'completed',
      date_created: rfc2822(recording.atMs),
      date_updated: rfc2822(recording.atMs),
      uri: `/2010-04-01/Accounts/${this.accountSid}/Recordings/${recording.sid}.json`,
    };
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  if (map.size <= KEPT) return;
  const [oldest] = map.keys();
  if (oldest) map.delete(oldest);
}

/** Silence as MP3: frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz, whose sound is zero. @param seconds how long */
export function silence(seconds: number): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat(Array.from({ length: Math.max(1, Math.ceil(seconds * 38.28)) }, () => frame));
}
