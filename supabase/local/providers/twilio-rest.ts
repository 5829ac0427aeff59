/** The REST of the Twilio emulator, as the real client asks it. @see https://www.twilio.com/docs/usage/api */
import type { ServerResponse } from 'node:http';
import { send } from './http';
import { isOver, type TwilioCalls } from './twilio-calls';
import { type EmulatedText, failure, silence, type TwilioStore } from './twilio-store';

const isNumber = (text: string | null): text is string => /^\+[1-9]\d{5,14}$/.test(text ?? '');

type Answer = { status: number; body: unknown };
type Failure = { status: number; body: ReturnType<typeof failure> };

const refuse = (status: number, code: number, message: string): Failure => ({
  status,
  body: failure(status, code, message),
});

/** What stands behind the REST. */
export interface Rest {
  store: TwilioStore;
  calls: TwilioCalls;
  /** A text was taken. */
  texted: (text: EmulatedText) => void;
  /** A call was taken. */
  placed: (call: Awaited<ReturnType<TwilioCalls['place']>>) => void;
}

/** `POST Messages`. */
export function createText({ store, texted }: Rest, params: URLSearchParams): Answer {
  const to = params.get('To');
  const from = params.get('From');
  const body = params.get('Body') ?? '';
  if (!isNumber(to)) return refuse(400, 21211, `Invalid 'To' Phone Number: ${to ?? ''}`);
  if (!isNumber(from)) return refuse(400, 21212, `Invalid 'From' Phone Number: ${from ?? ''}`);
  if (body === '') return refuse(400, 21602, 'Message body is required.');
  if (body.length > 1600) {
    return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit');
  }
  const text = store.addText({
    direction: 'outbound-api',
    to,
    from,
    body,
    status: 'queued',
    statusCallback: params.get('StatusCallback'),
    messagingServiceSid: params.get('MessagingServiceSid'),
  });
  texted(text);
  return { status: 201, body: store.textResource(text) };
}

/** `POST Calls`. */
export async function createCall({ calls, store, placed }: Rest, params: URLSearchParams): Promise<Answer> {
  const to = params.get('To');
  const from = params.get('From');
  if (!isNumber(to)) return refuse(400, 21211, `Invalid 'To' Phone Number: ${to ?? ''}`);
  if (!isNumber(from)) return refuse(400, 21212, `Invalid 'From' Phone Number: ${from ?? ''}`);
  if (!params.get('Url')) return refuse(400, 21205, 'Url is not a valid URL.');
  const call = await calls.place(params);
  placed(call);
  return { status: 201, body: store.callResource(call) };
}

async function updateCall(
  { calls, store }: Rest,
  sid: string,
  params: URLSearchParams,
): Promise<Answer | null> {
  const call = store.calls.get(sid);
  if (!call) return null;
  if (isOver(call)) return refuse(400, 21220, 'Call is not in-progress. Cannot redirect.');
  if (['completed', 'canceled'].includes(params.get('Status') ?? '')) {
    await calls.end(call, call.answeredAtMs === null ? 'canceled' : 'completed');
  }
  return { status: 200, body: store.callResource(call) };
}

/** A page of a list, newest first, with the address of the next. */
function page(url: URL, name: string, all: unknown[]): Answer {
  const size = Math.min(Number(url.searchParams.get('PageSize') ?? 50), 1000);
  const at = Number(url.searchParams.get('Page') ?? 0);
  const next = new URL(url);
  next.searchParams.set('Page', String(at + 1));
  const isLast = (at + 1) * size >= all.length;
  return {
    status: 200,
    body: {
      [name]: all.slice(at * size, (at + 1) * size),
      page: at,
      page_size: size,
      start: at * size,
      end: Math.min((at + 1) * size, all.length) - 1,
      first_page_uri: `${url.pathname}${url.search}`,
      next_page_uri: isLast ? null : `${next.pathname}${next.search}`,
      previous_page_uri: null,
      uri: `${url.pathname}${url.search}`,
    },
  };
}

function listTexts({ store }: Rest, url: URL): Answer {
  const ask = (name: string) => url.searchParams.get(name);
  const after = ask('DateSent>');
  const found = [...store.texts.values()].filter(
    ({ to, from, atMs }) =>
      (!ask('To') || to === ask('To')) &&
      (!ask('From') || from === ask('From')) &&
      (!after || atMs >= Date.parse(after)),
  );
  return page(
    url,
    'messages',
    found.reverse().map((text) => store.textResource(text)),
  );
}

function recording(
  { store }: Rest,
  sid: string,
  response: ServerResponse,
  { isLiving, range }: { isLiving: boolean; range?: string },
): Answer | null {
  const [id = '', suffix] = sid.split('.');
  const known = store.recordings.get(id);
  if (suffix === 'json' || suffix === undefined) {
    return known ? { status: 200, body: store.recordingResource(known) } : null;
  }
  // the demo's own calls have recordings that no emulator took
  if (!known && !isLiving) return null;
  const sound = silence(known?.seconds ?? 8);
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const type = { 'content-type': 'audio/mpeg' };
  if (from === undefined) {
    response.writeHead(200, { ...type, 'content-length': sound.length });
    response.end(sound);
  } else if (Number(from) >= sound.length) {
    response.writeHead(416, { 'content-range': `bytes */${sound.length}`, 'content-length': 0 });
    response.end();
  } else {
    const part = sound.subarray(Number(from), to ? Number(to) + 1 : undefined);
    const last = Number(from) + part.length - 1;
    response.writeHead(206, {
      ...type,
      'content-length': part.length,
      'content-range': `bytes ${from}-${last}/${sound.length}`,
    });
    response.end(part);
  }
  return { status: 0, body: null };
}

/** Answers a request to the REST. */
export async function answerRest(
  rest: Rest,
  request: { method: string; url: URL; text: string; isLiving: boolean; range?: string },
  response: ServerResponse,
): Promise<void> {
  const { method, url, text } = request;
  const { store } = rest;
  const [, account, resource = '', rawId = ''] =
    /^\/2010-04-01\/Accounts\/(\w+)\/(\w+)(?:\/([\w.]+))?/.exec(url.pathname.replace(/\.json$/, '')) ?? [];
  const params = new URLSearchParams(text);
  const isPost = method === 'POST';
  let answer: Answer | null = null;
  if (account !== store.accountSid) answer = null;
  else if (resource === 'Messages' && rawId === '')
    answer = isPost ? createText(rest, params) : listTexts(rest, url);
  else if (resource === 'Messages') {
    const found = store.texts.get(rawId);
    answer = found ? { status: 200, body: store.textResource(found) } : null;
  } else if (resource === 'Calls' && rawId === '') {
    const parent = url.searchParams.get('ParentCallSid');
    const all = [...store.calls.values()]
      .filter((call) => !parent || call.parentSid === parent)
      .reverse()
      .map((call) => store.callResource(call));
    answer = isPost ? await createCall(rest, params) : page(url, 'calls', all);
  } else if (resource === 'Calls') {
    const found = store.calls.get(rawId);
    if (isPost) answer = await updateCall(rest, rawId, params);
    else answer = found ? { status: 200, body: store.callResource(found) } : null;
  } else if (resource === 'IncomingPhoneNumbers' && rawId === '') {
    answer = page(
      url,
      'incoming_phone_numbers',
      store.numbers.map((number) => store.numberResource(number)),
    );
  } else if (resource === 'IncomingPhoneNumbers') {
    const found = store.numbers.find(({ sid }) => sid === rawId);
    if (found && isPost) {
      found.voiceUrl = params.get('VoiceUrl') ?? found.voiceUrl;
      found.smsUrl = params.get('SmsUrl') ?? found.smsUrl;
      found.statusUrl = params.get('StatusCallback') ?? found.statusUrl;
    }
    answer = found ? { status: 200, body: store.numberResource(found) } : null;
  } else if (resource === 'Recordings' && rawId !== '') {
    answer = recording(rest, rawId, response, request);
  }
  if (answer?.status === 0) return;
  const missing = refuse(404, 20404, `The requested resource ${url.pathname} was not found`);
  const { status, body } = answer ?? missing;
  send(response, status, body);
}
