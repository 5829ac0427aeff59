import 'server-only';
import { env } from '../env';
import { neverConnected, waitSeconds } from './connection';

/** How long SparkPost may take to answer before its answer is given up, in milliseconds. */
const timeoutMs = 30_000;
/** "A client error 420: your sending limit is exceeded": the shortest of them is counted by the hour. */
const sendingLimitStatus = 420;
const sendingLimitWaitSeconds = 3600;

/** One mail, ready to go: nothing in it is a template any more. */
export type MailToSend = {
  /** email_queue.id; comes back in each event as `rcpt_meta.send_id` */
  sendId: string;
  workspaceId: string;
  to: string;
  fromName: string;
  fromAddress: string;
  replyTo: string | null;
  subject: string;
  text: string;
  html: string | null;
  /** Message-ID, In-Reply-To, References, List-Unsubscribe, List-Unsubscribe-Post, X-Freehold-Thread */
  headers: Record<string, string>;
};

/**
 * What became of an attempt to send.
 * - `accepted`: SparkPost has it.
 * - `recipient_refused`: it refuses this mail (4xx); sending it again would end the same way.
 * - `retry_later`: 429 or a sending limit; nothing was sent. `retryAfterSeconds` is what it asked for, or null.
 * - `provider_error`: it failed before the mail was taken (never connected, or an answer of 5xx that says so).
 * - `unknown`: the request had gone out and no clear answer came: it may have been sent, so it is never sent again by a
 *   machine, and reconciled from the provider's events.
 * - `not_authorized`: the key, or the sending domain, isn't this account's; it fails for every mail alike.
 */
export type SendResult =
  | { kind: 'accepted'; providerMessageId: string }
  | { kind: 'recipient_refused'; message: string }
  | { kind: 'retry_later'; retryAfterSeconds: number | null; message: string }
  | { kind: 'provider_error'; message: string }
  | { kind: 'unknown'; message: string }
  | { kind: 'not_authorized'; message: string };

/** What must be set before anything can be sent: a sentence that names the variable, or null where nothing is missing. */
export function sparkpostProblem(): string | null {
  return env().SPARKPOST_API_KEY ? null : 'Set SPARKPOST_API_KEY: without it no campaign can be sent.';
}

/**
 * Hands one mail to SparkPost. It never throws: each way it can end is a SendResult.
 * @see https://developers.sparkpost.com/api/transmissions/
 */
export async function sendTransmission(mail: MailToSend): Promise<SendResult> {
  const key = env().SPARKPOST_API_KEY;
  if (!key) return { kind: 'not_authorized', message: 'SPARKPOST_API_KEY is not set' };
  const broken = brokenField(mail);
  if (broken) return { kind: 'recipient_refused', message: `${broken} holds a line break` };
  let response: Response;
  try {
    response = await fetch(`${env().SPARKPOST_API_URL}/api/v1/transmissions`, {
      method: 'POST',
      headers: { authorization: key, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(transmission(mail)),
      // a redirect would send the mail to whoever is named there
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    const message = reason(cause);
    return neverConnected(cause) ? { kind: 'provider_error', message } : { kind: 'unknown', message };
  }
  // the status alone decides; where the body is lost on its way, an accepted mail is still an accepted mail
  const text = await response.text().catch(() => '');
  return readAnswer(response, text);
}

/**
 * Reads the answer to a transmission.
 * @param text the body, empty where it was lost
 */
export function readAnswer(response: Pick<Response, 'status' | 'headers'>, text: string): SendResult {
  const { status } = response;
  const body = parseJson(text);
  const message = explain(status, body);
  if (status >= 200 && status < 300) {
    const { id, total_accepted_recipients: taken } = body.results ?? {};
    if (taken === 0) return { kind: 'recipient_refused', message };
    if (id) return { kind: 'accepted', providerMessageId: String(id) };
    return { kind: 'unknown', message: `${status} without the transmission's id` };
  }
  if (status === 429) {
    const retryAfterSeconds = waitSeconds(response.headers.get('retry-after'), Date.now());
    return { kind: 'retry_later', retryAfterSeconds, message };
  }
  if (status === sendingLimitStatus) {
    return { kind: 'retry_later', retryAfterSeconds: sendingLimitWaitSeconds, message };
  }
  if (status === 401 || status === 403) {
    return { kind: 'not_authorized', message: `SparkPost refuses SPARKPOST_API_KEY: ${message}` };
  }
  if (isDomainRefused(body)) return { kind: 'not_authorized', message };
  // a gateway gave up on what stands behind it, which may have taken the mail (RFC 9110, 15.6.3 and 15.6.5)
  if (status === 502 || status === 504) return { kind: 'unknown', message };
  // somebody else than the transmissions API answered: the address in SPARKPOST_API_URL is at fault, never the recipient
  const isElsewhere = status < 400 || status === 404 || status === 405;
  if (isElsewhere || status === 408 || status >= 500) return { kind: 'provider_error', message };
  return { kind: 'recipient_refused', message };
}

/** The most of a query's address that SparkPost takes, with what stands beside the recipients in it. */
export const maxRecipientsLength = 3500;
/** A search that has more pages than this asks for too much at once. */
const maxPages = 20;

/**
 * What SparkPost knows of mails to some recipients. Events are kept for ten days, and found about a minute late.
 * @param query.recipients addresses; joined they are no longer than `maxRecipientsLength`
 * @param query.from ISO, the earliest event
 * @throws {Error} where SparkPost can't be asked, or refuses: nothing is known then, which isn't the same as nothing found
 * @see https://developers.sparkpost.com/api/events/
 */
export async function searchEvents(query: {
  recipients: readonly string[];
  from: string;
}): Promise<unknown[]> {
  const { SPARKPOST_API_KEY: key, SPARKPOST_API_URL: base } = env();
  if (!key) throw new Error('SPARKPOST_API_KEY is not set');
  const search = new URLSearchParams({
    recipients: query.recipients.join(','),
    from: query.from,
    per_page: '1000',
  });
  let path: string | null = `/api/v1/events/message?${search}`;
  const found: unknown[] = [];
  for (let page = 0; path !== null && page < maxPages; page += 1) {
    const response: Response = await fetch(`${base}${path}`, {
      headers: { authorization: key, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(explain(response.status, parseJson(await response.text())));
    const body = (await response.json()) as { results?: unknown[]; links?: { next?: string } };
    found.push(...(body.results ?? []));
    path = body.links?.next?.startsWith('/api/') ? body.links.next : null;
  }
  return found;
}

/** The body of a transmission: one mail to one recipient. */
export function transmission(mail: MailToSend) {
  const unsubscribeUrl = /<(https?:[^>]+)>/.exec(mail.headers['List-Unsubscribe'] ?? '')?.[1];
  const { html, text } = mail;
  return {
    // opens and clicks steer follow-ups; the mails are commercial, so SparkPost's own list of those who opted out holds
    options: { open_tracking: html !== null, click_tracking: true, transactional: false },
    metadata: { send_id: mail.sendId, workspace_id: mail.workspaceId },
    recipients: [{ address: { email: mail.to } }],
    content: {
      from: { name: literal(mail.fromName), email: mail.fromAddress },
      ...(mail.replyTo && { reply_to: mail.replyTo }),
      subject: literal(mail.subject),
      headers: mail.headers,
      text: untrackText(literal(text), unsubscribeUrl),
      ...(html !== null && { html: untrackHtml(literal(html), unsubscribeUrl) }),
    },
  };
}

/**
 * Written so that SparkPost, which takes every text for a template, sends it as it stands: an unknown field would become
 * nothing, and a wrong one would refuse the mail.
 * @see https://developers.sparkpost.com/api/template-language/ "Escaping start and end tags"
 */
function literal(text: string): string {
  return text.replace(/\{\{\{?|\}?\}\}/g, (tag) => {
    const size = tag.length === 3 ? 'triple' : 'double';
    return `{{${tag.startsWith('{') ? 'opening' : 'closing'}_${size}_curly()}}`;
  });
}

/** A way out that leads over a tracking domain is one more thing that can be down. */
function untrackHtml(html: string, url: string | undefined): string {
  if (!url) return html;
  const written = [url, url.replaceAll('&', '&amp;')];
  return written.reduce(
    (all, one) => all.replaceAll(`href="${one}"`, `data-msys-clicktrack="0" href="${one}"`),
    html,
  );
}

function untrackText(text: string, url: string | undefined): string {
  return url ? text.replaceAll(url, `${url}[[data-msys-clicktrack="0"]]`) : text;
}

/** The first field whose line break would begin another header (RFC 5322, 2.2), or null. */
function brokenField(mail: MailToSend): string | null {
  const fields: Record<string, string> = {
    'The recipient’s address': mail.to,
    'The sender’s name': mail.fromName,
    'The sender’s address': mail.fromAddress,
    'Reply-To': mail.replyTo ?? '',
    'The subject': mail.subject,
  };
  for (const [name, value] of Object.entries(mail.headers)) fields[name] = `${name}${value}`;
  return Object.entries(fields).find(([, value]) => /[\r\n]/.test(value))?.[0] ?? null;
}

type Answer = {
  results?: { id?: string | number; total_accepted_recipients?: number };
  errors?: { message?: string; description?: string; code?: string | number }[];
};

function parseJson(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function explain(status: number, body: Answer): string {
  const errors = Array.isArray(body.errors) ? body.errors : [];
  const said = errors
    .map((error) => [error.message, error.description].filter(Boolean).join(': '))
    .join('; ');
  return `SparkPost answered ${status}${said ? `: ${said}` : ''}`.slice(0, 2000);
}

/** 7001: the domain in From isn't verified by this account. No recipient's fault, and the same for the next one. */
function isDomainRefused(body: Answer): boolean {
  return Array.isArray(body.errors) && body.errors.some(({ code }) => String(code) === '7001');
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `SparkPost did not answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  const inner = cause instanceof Error ? cause.message || cause.name : '';
  return [`SparkPost could not be reached: ${error.message}`, inner]
    .filter(Boolean)
    .join(': ')
    .slice(0, 2000);
}
