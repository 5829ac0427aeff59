/**
 * The telephone network of the Twilio emulator: legs ring, are picked up, follow the documents that the app answers, and
 * end. Nobody picks up by themselves: tests drive each leg, and in the demo ./twilio-life does.
 */
import type { EmulatedCall, TwilioStore } from './twilio-store';
import { parseTwiml, type Verb } from './twilio-twiml';

/** Signs and posts a form. @returns what was answered */
export type Post = (url: string, params: Record<string, string>) => Promise<{ status: number; text: string }>;

/** How a leg can end. */
export type CallEnd = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

/** What a leg does until somebody does something. */
type Waiting =
  | { kind: 'dial'; children: string[]; dial: Verb; connected: string | null }
  | { kind: 'gather'; gather: Verb }
  | { kind: 'record'; record: Verb };

type Leg = { script: Verb[]; base: string; waiting: Waiting | null; announce: string | null };

const over = ['completed', 'busy', 'no-answer', 'failed', 'canceled'];
const allEvents = ['initiated', 'ringing', 'answered', 'completed'];

export const isOver = (call: EmulatedCall) => over.includes(call.status);

/** The network of one emulator. @param options.begun is told of each leg that rings somebody */
export class TwilioCalls {
  private legs = new Map<string, Leg>();

  constructor(
    private readonly store: TwilioStore,
    private readonly post: Post,
    private readonly begun: (call: EmulatedCall) => void,
  ) {}

  /** `POST Calls`: rings a phone. */
  async place(params: URLSearchParams): Promise<EmulatedCall> {
    const call = this.store.addCall({
      direction: 'outbound-api',
      parentSid: null,
      from: params.get('From') ?? '',
      to: params.get('To') ?? '',
      statusCallback: params.get('StatusCallback'),
      statusEvents: params.getAll('StatusCallbackEvent'),
    });
    this.legs.set(call.sid, { script: [], base: '', waiting: null, announce: params.get('Url') });
    return call;
  }

  /** The phone of a leg begins to ring. */
  async ring(call: EmulatedCall): Promise<void> {
    await this.tell(call, 'initiated', 'initiated');
    if (isOver(call)) return;
    call.status = 'ringing';
    await this.tell(call, 'ringing', 'ringing');
    if (!isOver(call)) this.begun(call);
  }

  /** Somebody calls one of the numbers: the app is asked what to do, and the call follows it. */
  async receive(from: string, to: string): Promise<EmulatedCall> {
    const call = this.store.addCall({
      direction: 'inbound',
      parentSid: null,
      from,
      to,
      statusCallback: this.store.urlOf(to, 'call-status'),
      statusEvents: [],
    });
    this.legs.set(call.sid, { script: [], base: '', waiting: null, announce: null });
    await this.follow(call, this.store.urlOf(to, 'voice'));
    return call;
  }

  /** A browser's device calls: the app behind it is asked at `url`. */
  async receiveBrowser(identity: string, url: string, params: Record<string, string>): Promise<EmulatedCall> {
    const call = await this.place(new URLSearchParams({ From: `client:${identity}`, To: '' }));
    call.direction = 'inbound';
    call.status = 'ringing';
    await this.follow(call, url, params);
    return call;
  }

  /** Whoever is called picks up. */
  async answer(call: EmulatedCall): Promise<void> {
    if (isOver(call) || call.status === 'in-progress') return;
    this.connect(call);
    await this.tell(call, 'answered', 'in-progress');
    const leg = this.legs.get(call.sid);
    if (call.parentSid) await this.joined(call, leg?.announce ?? null);
    else if (leg?.announce) await this.follow(call, leg.announce);
  }

  /** A leg ends, and with it those that hang on it. @param seconds how long it is said to have lasted */
  async end(call: EmulatedCall, how: CallEnd = 'completed', seconds?: number): Promise<void> {
    if (isOver(call)) return;
    const now = Date.now();
    const wasAnswered = call.answeredAtMs !== null;
    call.status = how === 'completed' && !wasAnswered ? 'no-answer' : how;
    call.endedAtMs = now;
    call.duration =
      seconds ?? (call.answeredAtMs === null ? 0 : Math.round((now - call.answeredAtMs) / 1000));
    const { waiting } = this.legs.get(call.sid) ?? {};
    await this.tell(call, 'completed', call.status);
    if (waiting?.kind === 'dial') {
      for (const child of this.childrenOf(waiting)) {
        await this.end(child, child.answeredAtMs === null ? 'canceled' : 'completed', seconds);
      }
      await this.recorded(call, waiting.dial, seconds ?? 1, waiting.connected !== null);
    }
    const parent = call.parentSid ? this.store.calls.get(call.parentSid) : undefined;
    if (parent && !isOver(parent)) await this.childEnded(parent, call);
  }

  /** Keys are pressed while the leg waits for them. */
  async press(call: EmulatedCall, digits: string): Promise<void> {
    const leg = this.legs.get(call.sid);
    if (leg?.waiting?.kind !== 'gather') throw new Error('Nobody waits for keys on this call');
    const { gather } = leg.waiting;
    leg.waiting = null;
    await this.follow(call, gather.attributes.action ?? leg.base, { Digits: digits });
  }

  /** A message is left after the tone, and the caller hangs up. @param seconds 0 leaves none */
  async leaveMessage(call: EmulatedCall, seconds: number): Promise<void> {
    const leg = this.legs.get(call.sid);
    if (leg?.waiting?.kind !== 'record') throw new Error('Nobody records this call');
    const { record } = leg.waiting;
    leg.waiting = null;
    if (seconds > 0) {
      const recording = this.store.addRecording(call.sid, seconds);
      const params = this.recordingParams(recording.sid, seconds);
      const callback = record.attributes.recordingStatusCallback;
      // told twice, by the document that goes on and by the callback, in either order
      if (record.attributes.action) {
        await this.post(this.absolute(leg, record.attributes.action), { ...this.params(call), ...params });
      }
      if (callback) {
        await this.post(this.absolute(leg, callback), {
          ...this.params(call),
          ...params,
          RecordingStatus: 'completed',
        });
      }
    }
    await this.end(call, 'completed', seconds + 5);
  }

  /** What a leg waits for, such as `dial`, or null. */
  waitsFor(call: EmulatedCall): string | null {
    return this.legs.get(call.sid)?.waiting?.kind ?? null;
  }

  private connect(call: EmulatedCall): void {
    call.status = 'in-progress';
    call.answeredAtMs ??= Date.now();
  }

  /** Fetches a document and does what it says. */
  private async follow(call: EmulatedCall, url: string, more: Record<string, string> = {}): Promise<void> {
    const leg = this.legs.get(call.sid);
    if (!leg) return;
    const address = leg.base ? this.absolute(leg, url) : url;
    const { status, text } = await this.post(address, { ...this.params(call), ...more });
    call.documents.push(text);
    if (status !== 200) {
      call.heard.push('We are sorry, an application error has occurred. Goodbye.');
      return this.end(call, call.answeredAtMs === null ? 'failed' : 'completed');
    }
    leg.base = address;
    leg.script = parseTwiml(text);
    await this.run(call, leg);
  }

  private async run(call: EmulatedCall, leg: Leg): Promise<void> {
    while (!isOver(call) && !leg.waiting) {
      const verb = leg.script.shift();
      if (!verb) return this.end(call);
      if (verb.name === 'Reject')
        return this.end(call, verb.attributes.reason === 'busy' ? 'busy' : 'no-answer');
      // any other verb picks the call up
      if (call.direction === 'inbound' && call.answeredAtMs === null) this.connect(call);
      await this.perform(call, leg, verb);
    }
  }

  private async perform(call: EmulatedCall, leg: Leg, verb: Verb): Promise<void> {
    const { action } = verb.attributes;
    if (verb.name === 'Say' || verb.name === 'Play') call.heard.push(verb.text.trim());
    else if (verb.name === 'Hangup') await this.end(call);
    else if (verb.name === 'Redirect') await this.follow(call, verb.text.trim());
    else if (verb.name === 'Dial') await this.dial(call, leg, verb);
    else if (verb.name === 'Record') leg.waiting = { kind: 'record', record: verb };
    else if (verb.name === 'Gather') {
      for (const { text } of verb.children) call.heard.push(text.trim());
      leg.waiting = { kind: 'gather', gather: verb };
    } else if (verb.name !== 'Pause')
      throw new Error(`The emulator doesn't know <${verb.name}>${action ?? ''}`);
  }

  private async dial(call: EmulatedCall, leg: Leg, dial: Verb): Promise<void> {
    const nouns = dial.children.length > 0 ? dial.children : [{ ...dial, children: [] }];
    const children = nouns.map((noun) => {
      const { statusCallback, statusCallbackEvent, url } = noun.attributes;
      const child = this.store.addCall({
        direction: 'outbound-dial',
        parentSid: call.sid,
        from: dial.attributes.callerId ?? call.from,
        to: noun.name === 'Client' ? `client:${noun.text.trim()}` : noun.text.trim(),
        statusCallback: statusCallback ? this.absolute(leg, statusCallback) : null,
        statusEvents: statusCallbackEvent?.split(' ') ?? [],
      });
      this.legs.set(child.sid, {
        script: [],
        base: leg.base,
        waiting: null,
        announce: url ? this.absolute(leg, url) : null,
      });
      return child;
    });
    leg.waiting = { kind: 'dial', children: children.map(({ sid }) => sid), dial, connected: null };
    for (const child of children) await this.ring(child);
  }

  /** The dialled party hears what is meant for them alone, and is put through. */
  private async joined(child: EmulatedCall, announce: string | null): Promise<void> {
    if (announce) {
      const { text } = await this.post(announce, this.params(child));
      child.documents.push(text);
      for (const verb of parseTwiml(text)) {
        if (verb.name === 'Say' || verb.name === 'Play') child.heard.push(verb.text.trim());
        if (verb.name === 'Hangup' || verb.name === 'Reject') return this.end(child);
      }
    }
    const waiting = this.legs.get(child.parentSid ?? '')?.waiting;
    if (waiting?.kind !== 'dial') return;
    waiting.connected = child.sid;
    for (const other of this.childrenOf(waiting)) if (other !== child) await this.end(other, 'canceled');
  }

  private async childEnded(parent: EmulatedCall, child: EmulatedCall): Promise<void> {
    const leg = this.legs.get(parent.sid);
    const waiting = leg?.waiting;
    if (!leg || waiting?.kind !== 'dial') return;
    const isLast = this.childrenOf(waiting).every(isOver);
    if (!isLast || (waiting.connected !== null && waiting.connected !== child.sid)) return;
    leg.waiting = null;
    await this.recorded(parent, waiting.dial, child.duration ?? 0, waiting.connected !== null);
    const { action } = waiting.dial.attributes;
    if (!action) return this.run(parent, leg);
    await this.follow(parent, action, {
      DialCallSid: child.sid,
      DialCallStatus: child.status,
      DialCallDuration: String(child.duration ?? 0),
    });
  }

  /** Where a dial was to be recorded, the recording is there once it is over. */
  private async recorded(
    call: EmulatedCall,
    dial: Verb,
    seconds: number,
    wasConnected: boolean,
  ): Promise<void> {
    const { record, recordingStatusCallback: callback } = dial.attributes;
    const leg = this.legs.get(call.sid);
    if (!leg || !wasConnected || !record || record === 'do-not-record') return;
    const { sid } = this.store.addRecording(call.sid, seconds);
    if (!callback) return;
    const params = {
      ...this.params(call),
      ...this.recordingParams(sid, seconds),
      RecordingStatus: 'completed',
    };
    await this.post(this.absolute(leg, callback), params);
  }

  private childrenOf(waiting: Extract<Waiting, { kind: 'dial' }>): EmulatedCall[] {
    return waiting.children.flatMap((sid) => this.store.calls.get(sid) ?? []);
  }

  private absolute = (leg: Leg, url: string) => new URL(url, leg.base || undefined).href;

  private recordingParams(sid: string, seconds: number): Record<string, string> {
    const { accountSid } = this.store;
    return {
      RecordingSid: sid,
      RecordingDuration: String(seconds),
      RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`,
    };
  }

  private params(call: EmulatedCall): Record<string, string> {
    return {
      AccountSid: this.store.accountSid,
      ApiVersion: '2010-04-01',
      CallSid: call.sid,
      CallStatus: call.status,
      Called: call.to,
      Caller: call.from,
      Direction: call.direction,
      From: call.from,
      To: call.to,
      ...(call.parentSid && { ParentCallSid: call.parentSid }),
    };
  }

  /** Tells the app how far a leg is, where it asked for that. @see https://www.twilio.com/docs/voice/api/call-resource */
  private async tell(call: EmulatedCall, event: string, status: string): Promise<void> {
    const { statusCallback } = call;
    const wanted = call.statusEvents.length > 0 ? call.statusEvents : ['completed'];
    const sequence = allEvents.indexOf(event);
    if (!statusCallback || !wanted.includes(event)) return;
    call.sequence = sequence;
    await this.post(statusCallback, {
      ...this.params(call),
      CallStatus: status,
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence),
      Timestamp: new Date().toUTCString(),
      ...(event === 'completed' && {
        CallDuration: String(call.duration ?? 0),
        Duration: String(Math.ceil((call.duration ?? 0) / 60)),
      }),
    }).catch(() => undefined);
  }
}
