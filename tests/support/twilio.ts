/** The Twilio that the run's stack emulates: what it took, what it tells, who picks up, and webhooks as it signs them. */
import twilio from 'twilio';
import type { Rule } from '../../supabase/local/providers/http';
import type { CallEnd } from '../../supabase/local/providers/twilio-calls';
import type { EmulatedCall, EmulatedText } from '../../supabase/local/providers/twilio-store';
import { appUrl } from './app';
import { testStack } from './stack';

/** A leg of a call, and what it waits for. */
export type Leg = EmulatedCall & { waits_for: 'dial' | 'gather' | 'record' | null };
/** What the app answered. */
export type HookAnswer = { status: number; text: string };

async function control<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${testStack().env.TWILIO_API_URL}/__control/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the emulator answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Has it answer otherwise from now on. Say with `contains` which number is meant: other tests use the same emulator. */
export const misbehave = (rule: Rule) => control('rules', rule);

/** Numbers that fiction may use, never the same twice: area codes with 555-01xx, and beyond the hundred of each its prefix. */
export function uniqueNumber(area = '512'): string {
  const digits = String(Math.floor(Math.random() * 1e5)).padStart(5, '0');
  return `+1${area}55${digits}`;
}

/** Gives the account one more number. */
export const addAccountNumber = (e164: string, features?: ('sms' | 'voice')[]) =>
  control<{ sid: string }>('numbers', { e164, features });

const search = (query: Record<string, string>) => new URLSearchParams(query).toString();
/** The texts that went through it, newest first. */
export const textsOf = (query: { to?: string; from?: string }) =>
  control<EmulatedText[]>(`texts?${search(query)}`);
/** The legs of calls, newest first. */
export const legsOf = (query: { to?: string; from?: string; parent?: string }) =>
  control<Leg[]>(`calls?${search(query)}`);

/** Somebody writes to one of our numbers. */
export const writeText = (text: { from: string; to: string; body: string; media?: string[] }) =>
  control<HookAnswer & { sid: string }>('inbound-text', text);
/** A text of ours has come so far, such as `delivered`. */
export const tellText = (sid: string, status: string, errorCode?: number) =>
  control<HookAnswer>('text-status', { sid, status, error_code: errorCode });

/** Somebody calls one of our numbers; answered once the app has said what is to be done. */
export const callIn = (from: string, to: string) => control<Leg>('inbound-call', { from, to });
/** Whoever a leg rings picks up. */
export const pickUp = (sid: string) => control<Leg>('call', { sid, act: 'answer' });
/** A leg ends. @param seconds how long it is said to have lasted */
export const hangUp = (sid: string, how?: CallEnd, seconds?: number) =>
  control<Leg>('call', { sid, act: 'end', how, seconds });
/** A message is left after the tone; 0 seconds: none. */
export const leaveMessage = (sid: string, seconds: number) =>
  control<Leg>('call', { sid, act: 'message', seconds });
/** Waits until all that the emulator has begun is over. */
export const settled = () => control('settled', {});

/** Parameters of a form; a list is a name that comes several times. */
export type Form = Record<string, string | string[]>;

/**
 * Posts a form to one of our webhooks as Twilio does.
 * @param path with its query, such as `/api/webhooks/twilio/sms`
 * @param options.signature instead of the right one; null: none at all
 * @param options.sent what is really sent, where it isn't what was signed
 */
export async function postSigned(
  path: string,
  params: Form,
  options: { signature?: string | null; sent?: Form; headers?: Record<string, string>; token?: string } = {},
): Promise<HookAnswer> {
  const url = `${appUrl()}${path}`;
  const token = options.token ?? testStack().env.TWILIO_AUTH_TOKEN ?? '';
  const { signature = twilio.getExpectedTwilioSignature(token, url, params) } = options;
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(options.sent ?? params)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signature !== null && { 'x-twilio-signature': signature }),
      ...options.headers,
    },
    body: body.toString(),
  });
  return { status: response.status, text: await response.text() };
}
