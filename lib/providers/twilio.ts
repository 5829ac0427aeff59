import 'server-only';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient';
import type TwilioResponse from 'twilio/lib/http/response';
import { env } from '../env';
import { neverConnected, waitSeconds } from './connection';

/** How long Twilio may take to answer before its answer is given up, in milliseconds. */
const timeoutMs = 15_000;
const apiOrigin = 'https://api.twilio.com';

/**
 * What became of an attempt to text or to call.
 * - `accepted`: Twilio has it.
 * - `recipient_refused`: it refuses this text or call (4xx); asking again would end the same way. `code` is Twilio's own.
 * - `retry_later`: 429, or too many wait for this number already; nothing was sent. `retryAfterSeconds` as asked, or null.
 * - `provider_error`: it failed before it was taken (never connected, or an answer of 5xx that says so).
 * - `unknown`: the request had gone out and no clear answer came: it may have been taken, so no machine asks again; the
 *   provider's callbacks, or its list, tell.
 * - `not_authorized`: the token, or our own number, isn't this account's; it fails for every recipient alike.
 */
export type TwilioResult =
  | { kind: 'accepted'; sid: string }
  | { kind: 'recipient_refused'; code: string | null; message: string }
  | { kind: 'retry_later'; retryAfterSeconds: number | null; message: string }
  | { kind: 'provider_error'; message: string }
  | { kind: 'unknown'; message: string }
  | { kind: 'not_authorized'; message: string };

/** A number of the account. */
export type AccountNumber = { sid: string; e164: string; label: string; features: ('sms' | 'voice')[] };

/** A text as Twilio lists it. */
export type ListedText = {
  sid: string;
  to: string;
  from: string;
  body: string;
  /** Twilio's word, such as `delivered` */
  status: string;
  errorCode: string | null;
  createdAt: string;
};

/** A leg of a call as Twilio tells of it when asked. Instants are ISO 8601. */
export type ListedLeg = {
  sid: string;
  /** Twilio's word, such as `in-progress` */
  status: string;
  startedAt: string | null;
  endedAt: string | null;
  seconds: number | null;
};

/** What must be set before anything can be called or texted: a sentence that names the variables, or null. */
export function twilioProblem(): string | null {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = env();
  const missing = Object.entries({ TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN }).filter(([, value]) => !value);
  if (missing.length === 0) return null;
  return `Set ${missing.map(([name]) => name).join(' and ')}: without ${missing.length > 1 ? 'them' : 'it'} no call and no text can go through Twilio.`;
}

/** What must be set before calls can be made in the browser: a sentence that names the variables, or null. */
export function browserCallsProblem(): string | null {
  const { TWILIO_ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, TWILIO_TWIML_APP_SID } = env();
  const needed = { TWILIO_ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, TWILIO_TWIML_APP_SID };
  const missing = Object.entries(needed).filter(([, value]) => !value);
  return missing.length > 0
    ? `Set ${missing.map(([name]) => name).join(', ')} to call from the browser.`
    : null;
}

/** Sends one text. It never throws. @param text.statusCallback the address that is told of its delivery */
export function sendText(text: {
  to: string;
  from: string;
  body: string;
  statusCallback: string;
}): Promise<TwilioResult> {
  const service = env().TWILIO_MESSAGING_SERVICE_SID;
  return attempt((client) =>
    client.messages.create({ ...text, ...(service && { messagingServiceSid: service }) }),
  );
}

/**
 * Rings a phone; once it is picked up, Twilio asks `url` what to do. It never throws.
 * @param call.ringSeconds how long it may ring
 */
export function placeCall(call: {
  to: string;
  from: string;
  url: string;
  statusCallback: string;
  ringSeconds: number;
}): Promise<TwilioResult> {
  const { to, from, url, statusCallback, ringSeconds } = call;
  return attempt((client) =>
    client.calls.create({
      to,
      from,
      url,
      method: 'POST',
      statusCallback,
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      timeout: ringSeconds,
    }),
  );
}

/** Ends a call, ringing or talking; one that has ended already is refused by Twilio with 21220. It never throws. */
export function endCall(sid: string): Promise<TwilioResult> {
  return attempt((client) => client.calls(sid).update({ status: 'completed' }));
}

/**
 * What became of a call: its own leg, and those that were dialled from it, the latest first.
 * @returns null where Twilio has no such call
 * @throws {Error} where Twilio can't be asked, or refuses
 */
export async function findCall(sid: string): Promise<{ leg: ListedLeg; dialled: ListedLeg[] } | null> {
  const client = connect();
  try {
    const leg = await client.calls(sid).fetch();
    const dialled = await client.calls.list({ parentCallSid: sid, limit: 20 });
    return { leg: legOf(leg), dialled: dialled.map(legOf) };
  } catch (error) {
    if (error instanceof Refused && error.status === 404 && error.code === '20404') return null;
    throw error;
  }
}

const legOf = (call: {
  sid: string;
  status: string;
  startTime: Date | null;
  endTime: Date | null;
  duration: string | null;
}): ListedLeg => ({
  sid: call.sid,
  status: call.status,
  startedAt: call.startTime?.toISOString() ?? null,
  endedAt: call.endTime?.toISOString() ?? null,
  seconds: call.duration === null ? null : Number(call.duration),
});

/**
 * The account's texts, newest first: what is asked after an answer got lost.
 * @param query.since ISO, the earliest day that is looked at
 * @throws {Error} where Twilio can't be asked, or refuses: nothing is known then, which isn't the same as nothing found
 */
export async function listTexts(query: {
  to: string;
  from: string;
  since: string;
  limit?: number;
}): Promise<ListedText[]> {
  const { to, from, since, limit = 100 } = query;
  const found = await connect().messages.list({ to, from, dateSentAfter: new Date(since), limit });
  return found.map((one) => ({
    sid: one.sid,
    to: one.to,
    from: one.from,
    body: one.body,
    status: one.status,
    errorCode: one.errorCode ? String(one.errorCode) : null,
    createdAt: new Date(one.dateCreated).toISOString(),
  }));
}

/** The account's numbers. @throws {Error} where Twilio can't be asked, or refuses */
export async function listNumbers(): Promise<AccountNumber[]> {
  const found = await connect().incomingPhoneNumbers.list({ limit: 1000 });
  return found.map(({ sid, phoneNumber, friendlyName, capabilities }) => {
    const features: AccountNumber['features'] = [];
    if (capabilities.sms) features.push('sms');
    if (capabilities.voice) features.push('voice');
    return { sid, e164: phoneNumber, label: friendlyName || phoneNumber, features };
  });
}

/**
 * Tells Twilio where calls and texts to a number of the account are to be announced, and the end of each call.
 * @throws {Error} where Twilio can't be asked, or refuses
 */
export async function pointNumber(
  sid: string,
  urls: { voiceUrl: string; smsUrl: string; statusCallback: string },
): Promise<void> {
  await connect()
    .incomingPhoneNumbers(sid)
    .update({ ...urls, voiceMethod: 'POST', smsMethod: 'POST', statusCallbackMethod: 'POST' });
}

/**
 * A recording's sound, as it comes in (MP3).
 * @param range the `Range` that a player asked for
 * @returns the answer of 200, 206 or 416, whose body streams; null where Twilio has no such recording
 * @throws {Error} where Twilio can't be asked, or refuses
 */
export async function fetchRecording(sid: string, range: string | null = null): Promise<Response | null> {
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token, TWILIO_API_URL: base } = env();
  if (!account || !token) throw new Error(twilioProblem() ?? '');
  const path = `/2010-04-01/Accounts/${account}/Recordings/${encodeURIComponent(sid)}.mp3`;
  const headers = new Headers({
    authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
  });
  if (range) headers.set('range', range);
  // only the answer's head is waited for: an hour's sound takes longer
  const head = new AbortController();
  const timer = setTimeout(() => head.abort(), timeoutMs);
  try {
    const response = await fetch(`${base ?? apiOrigin}${path}`, { headers, signal: head.signal });
    if (response.status === 404) return null;
    // what was asked for lies behind its end: the player is told so
    if (response.status === 416) return response;
    if (!response.ok) throw new Error(`Twilio answered ${response.status} to a request for a recording`);
    return response;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Whether Twilio signed a request, by the address that it was sent to: ours to the public, whatever host a proxy shows.
 * Nothing is signed where no token is set.
 * @param rawBody the form as it came in
 * @see https://www.twilio.com/docs/usage/security#validating-requests
 */
export function isSigned(request: Pick<Request, 'url' | 'headers'>, rawBody: string): boolean {
  const token = env().TWILIO_AUTH_TOKEN;
  const signature = request.headers.get('x-twilio-signature');
  if (!token || !signature) return false;
  const { pathname, search } = new URL(request.url);
  const address = `${env().APP_URL.replace(/\/$/, '')}${pathname}${search}`;
  return twilio.validateRequest(token, signature, address, formParams(rawBody));
}

/** A form's parameters as Twilio signs them: empty ones stand, repeated names have all their values. */
export function formParams(rawBody: string): Record<string, string | string[]> {
  // no name may mean anything of its own
  const params: Record<string, string | string[]> = Object.create(null);
  const form = new URLSearchParams(rawBody);
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    params[name] = values.length > 1 ? values : (values[0] ?? '');
  }
  return params;
}

/** A failed answer, with what it asks for. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string | null,
    readonly retryAfter: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** The package's own client, asking where `TWILIO_API_URL` says. */
class MovedClient extends twilio.RequestClient {
  override async request<T>(options: RequestClient.RequestOptions<T>): Promise<TwilioResponse<T>> {
    const base = env().TWILIO_API_URL;
    const uri = base ? options.uri.replace(apiOrigin, base) : options.uri;
    const response = await super.request({ ...options, uri });
    const { statusCode: status } = response;
    if (status >= 200 && status < 300) return response;
    const body = asAnswer(response.body);
    const code = body.code === undefined ? null : String(body.code);
    const said = [code, body.message].filter(Boolean).join(': ');
    const message = `Twilio answered ${status}${said ? `: ${said}` : ''}`.slice(0, 2000);
    throw new Refused(status, code, asText(response.headers?.['retry-after']), message);
  }
}

let client: { key: string; twilio: InstanceType<typeof twilio.Twilio> } | undefined;

/** The client of the account that is set. @throws {Error} where none is */
function connect(): InstanceType<typeof twilio.Twilio> {
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token } = env();
  if (!account || !token) throw new Error(twilioProblem() ?? '');
  const key = `${account}:${token}`;
  if (client?.key !== key) {
    // a connection that died while it lay idle can't be told from one that died after a text was taken: none is kept
    const httpClient = new MovedClient({ timeout: timeoutMs, keepAlive: false });
    client = { key, twilio: new twilio.Twilio(account, token, { httpClient }) };
  }
  return client.twilio;
}

async function attempt(
  ask: (client: InstanceType<typeof twilio.Twilio>) => Promise<{ sid: string }>,
): Promise<TwilioResult> {
  const problem = twilioProblem();
  if (problem) return { kind: 'not_authorized', message: problem };
  try {
    const { sid } = await ask(connect());
    return sid ? { kind: 'accepted', sid } : { kind: 'unknown', message: 'Twilio answered without an id' };
  } catch (error) {
    if (error instanceof Refused) return readRefusal(error, Date.now());
    const message = reason(error);
    return neverConnected(error) ? { kind: 'provider_error', message } : { kind: 'unknown', message };
  }
}

/** Our own number can't be written or called from: no recipient's fault. @see https://www.twilio.com/docs/api/errors */
const wrongSender = new Set([
  '20003',
  '20404',
  '21210',
  '21212',
  '21603',
  '21606',
  '21659',
  '21660',
  '21701',
  '21703',
]);
/** As many wait for this number as may: 21611 the number's queue is full, 14107 and 20429 too many at once. */
const tooMany = new Set(['21611', '14107', '20429', '63018']);

/**
 * Reads an answer that isn't a success.
 * @param nowMs milliseconds since the epoch
 */
export function readRefusal(
  { status, code, retryAfter, message }: Pick<Refused, 'status' | 'code' | 'retryAfter' | 'message'>,
  nowMs: number,
): TwilioResult {
  if (status === 429 || (code && tooMany.has(code))) {
    return { kind: 'retry_later', retryAfterSeconds: waitSeconds(retryAfter, nowMs), message };
  }
  if (status === 401 || status === 403 || (code && wrongSender.has(code))) {
    return { kind: 'not_authorized', message };
  }
  // a gateway gave up on what stands behind it, which may have taken it (RFC 9110, 15.6.3 and 15.6.5)
  if (status === 502 || status === 504) return { kind: 'unknown', message };
  // somebody else than Twilio answered: the address in TWILIO_API_URL is at fault, never the recipient
  const isElsewhere = status < 400 || ((status === 404 || status === 405) && code === null);
  if (isElsewhere || status === 408 || status >= 500) return { kind: 'provider_error', message };
  return { kind: 'recipient_refused', code, message };
}

function asAnswer(body: unknown): { code?: string | number; message?: string } {
  if (typeof body === 'object' && body !== null) return body;
  if (typeof body !== 'string') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const asText = (value: unknown) => (typeof value === 'string' ? value : null);

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') {
    return `Twilio did not answer within ${timeoutMs / 1000} s`;
  }
  return `Twilio could not be reached: ${error.message || code}`.slice(0, 2000);
}
