/** The SparkPost that the run's stack emulates: what it got, how it is to misbehave, what it tells. */
import type { Rule } from '../../supabase/local/providers/http';
import type { SparkpostEvent } from '../../supabase/local/providers/sparkpost-store';
import { appUrl } from './app';
import { testStack } from './stack';

async function control<T>(path: string, options: { method?: string; body?: unknown } = {}): Promise<T> {
  const response = await fetch(`${testStack().env.SPARKPOST_API_URL}/__control/${path}`, {
    method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  });
  if (!response.ok) throw new Error(`the emulator answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/**
 * Has it answer otherwise from now on. Say with `contains` which mail is meant, by its address or its domain: other tests
 * send through the same emulator.
 */
export const misbehave = (rule: Rule) => control('rules', { body: rule });

/** Lets the events search find something. */
export const tell = (events: SparkpostEvent[]) => control('events', { body: { events } });

/**
 * Posts events to the webhook, as SparkPost would.
 * @param options.password another one than the right one; null shows none
 */
export async function postEvents(
  events: readonly unknown[],
  options: { batchId?: string; password?: string | null } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { SPARKPOST_WEBHOOK_USER: user, SPARKPOST_WEBHOOK_PASSWORD: password } = testStack().env;
  const credentials = `${user}:${options.password ?? password}`;
  const response = await fetch(`${appUrl()}/api/webhooks/sparkpost`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-messagesystems-batch-id': options.batchId ?? crypto.randomUUID(),
      ...(options.password !== null && {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      }),
    },
    body: JSON.stringify(events),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** An event in the wrapper that webhooks have it in. */
export const wrapped = (event: unknown, wrapper = 'message_event') => ({ msys: { [wrapper]: event } });
