import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '@/lib/supabase/database.types';

/** An event in the words of `apply_email_events`. */
export type EmailEvent = {
  event_id: string;
  type:
    | 'sent'
    | 'delivered'
    | 'bounced'
    | 'delayed'
    | 'rejected'
    | 'complained'
    | 'unsubscribed'
    | 'opened'
    | 'clicked';
  /** ISO */
  occurred_at: string;
  send_id: string;
  provider_message_id: string | null;
  kind: BounceKind | null;
  address_status: 'soft_bounced' | 'hard_bounced' | 'suppressed' | 'unsubscribed' | 'complained' | null;
  reason: string | null;
  counts: boolean;
  details: Record<string, string | boolean>;
};

export type BounceKind = 'hard' | 'soft' | 'block' | 'admin';

/**
 * What a bounce of a class is: SparkPost's category, or `unsubscribe` and `answer` for what comes as a bounce and is none.
 * Undetermined counts as soft, "usually temporary".
 * @see https://support.sparkpost.com/docs/deliverability/bounce-classification-codes
 */
export function bounceOf(code: number): BounceKind | 'unsubscribe' | 'answer' {
  if (code === 10 || code === 30) return 'hard';
  if (code === 25 || code === 26) return 'admin';
  if (code >= 50 && code <= 54) return 'block';
  if (code === 90) return 'unsubscribe';
  // an auto-reply, a subscribe request, a challenge: somebody's machine answered
  if (code === 60 || code === 80 || code === 100) return 'answer';
  return 'soft';
}

const text = z.union([z.string(), z.number()]).transform(String).nullish().catch(null);

/** What is read of an event; what else it holds is nobody's business here. */
const eventSchema = z.object({
  type: z.string().min(1).max(100),
  event_id: z.union([z.string().min(1).max(200), z.number()], 'no event_id').transform(String),
  // webhooks give seconds since 1970, the events search an ISO time
  timestamp: z.union([z.string(), z.number()], 'no timestamp').transform((value, context) => {
    const ms = /^\d{1,12}(\.\d+)?$/.test(String(value)) ? Number(value) * 1000 : Date.parse(String(value));
    if (ms > earliestMs) return Math.min(ms, Date.now());
    context.addIssue({ code: 'custom', message: `no time: ${String(value).slice(0, 50)}` });
    return z.NEVER;
  }),
  rcpt_meta: z.record(z.string(), z.unknown()).nullish().catch(null),
  transmission_id: text,
  bounce_class: text,
  error_code: text,
  reason: text,
  raw_reason: text,
  target_link_url: text,
  user_agent_parsed: z.object({ is_prefetched: z.boolean().nullish() }).nullish().catch(null),
});
/** No mail of ours is older than the product. */
const earliestMs = Date.UTC(2020, 0, 1);

const types: Readonly<Record<string, EmailEvent['type']>> = {
  injection: 'sent',
  delivery: 'delivered',
  delay: 'delayed',
  bounce: 'bounced',
  out_of_band: 'bounced',
  policy_rejection: 'rejected',
  generation_failure: 'rejected',
  generation_rejection: 'rejected',
  spam_complaint: 'complained',
  list_unsubscribe: 'unsubscribed',
  link_unsubscribe: 'unsubscribed',
  open: 'opened',
  initial_open: 'opened',
  amp_open: 'opened',
  amp_initial_open: 'opened',
  click: 'clicked',
  amp_click: 'clicked',
};

/** What SparkPost says where its own list keeps a mail from going out. */
const isSuppressedThere = (reason: string | null) => /suppress/i.test(reason ?? '');

/**
 * Reads one event of SparkPost, from a webhook's wrapper or from the events search.
 * @returns null where it has nothing to say of a mail of ours: another type, another sender on the same account
 * @throws {z.ZodError} where it is not what SparkPost sends
 */
export function readSparkpostEvent(payload: unknown): EmailEvent | null {
  const event = eventSchema.parse(payload);
  const sendId = z.guid().safeParse(event.rcpt_meta?.send_id);
  let type = types[event.type];
  if (!type || !sendId.success) return null;
  const reason = (event.raw_reason ?? event.reason ?? null)?.slice(0, 1000) ?? null;
  let kind: BounceKind | null = null;
  if (type === 'bounced') {
    const bounce = bounceOf(Number(event.bounce_class ?? 1));
    if (bounce === 'answer') return null;
    if (bounce === 'unsubscribe') type = 'unsubscribed';
    else kind = bounce;
  }
  if (type === 'rejected') kind = 'admin';
  const isPrefetched = event.user_agent_parsed?.is_prefetched === true;
  const details = {
    class: event.bounce_class,
    code: event.error_code,
    url: event.target_link_url?.slice(0, 2000),
    prefetched: isPrefetched || null,
  };
  return {
    event_id: event.event_id,
    type,
    occurred_at: new Date(event.timestamp).toISOString(),
    send_id: sendId.data.toLowerCase(),
    provider_message_id: event.transmission_id?.slice(0, 300) ?? null,
    kind,
    address_status: addressStatus(type, kind, reason),
    reason,
    counts: !isPrefetched,
    details: Object.fromEntries(
      Object.entries(details).flatMap(([key, value]) => (value ? [[key, value] as const] : [])),
    ),
  };
}

/** A block and an admin failure are the sender's: the address stays as it is, unless SparkPost itself won't write to it. */
function addressStatus(
  type: EmailEvent['type'],
  kind: BounceKind | null,
  reason: string | null,
): EmailEvent['address_status'] {
  if (type === 'complained' || type === 'unsubscribed') return type;
  if (kind === 'hard') return 'hard_bounced';
  if (kind === 'soft') return 'soft_bounced';
  return kind === 'admin' && isSuppressedThere(reason) ? 'suppressed' : null;
}

/**
 * The events of a webhook's body: `[{ msys: { message_event: {…} } }, …]`. SparkPost's test of an address is `[{ msys: {} }]`
 * and holds none. What is no event at all still gets an id, of what it says, and is kept aside with what is wrong with it.
 * @throws {Error} where the body is no array of JSON
 */
export function sparkpostBatch(rawBody: string) {
  const body: unknown = JSON.parse(rawBody);
  if (!Array.isArray(body)) throw new Error('not an array');
  return body.flatMap((item: Json) => {
    const payload = unwrapEvent(item);
    return payload === null ? [] : [keep(payload)];
  });
}

const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands in `msys`, whatever its wrapper is called; null where nothing does; the item itself where it has none. */
function unwrapEvent(item: Json): Json | null {
  if (!isObject(item) || !isObject(item.msys)) return item;
  return Object.values(item.msys)[0] ?? null;
}

function keep(payload: Json) {
  const named = z
    .object({ event_id: eventSchema.shape.event_id, type: eventSchema.shape.type })
    .safeParse(payload);
  const hash = () => createHash('sha256').update(JSON.stringify(payload)).digest('hex');
  const error = problem(payload);
  return {
    id: named.success ? named.data.event_id : `unnamed-${hash()}`,
    type: named.success ? named.data.type : 'unknown',
    payload,
    ...(error !== null && { error }),
  };
}

function problem(payload: Json): string | null {
  try {
    readSparkpostEvent(payload);
    return null;
  } catch (error) {
    return error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  }
}
