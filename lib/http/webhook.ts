import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { AppError, unwrap } from '../errors';
import { type Log, logger } from '../logger';
import { createAdminClient } from '../supabase/admin';
import type { Json } from '../supabase/database.types';
import type { Client } from '../supabase/server';
import { readBody } from './read-body';
import { errorResponse, ok } from './respond';

/** More than any provider sends in one call. */
const maxBodyBytes = 20 * 1024 * 1024;
/** Nothing that a provider sends nests deeper; what lies below is left out. */
const maxDepth = 24;

/** `error`: why it can't be handled, where its body alone says so; it is kept aside and never handed on. */
export type WebhookEvent = { id: string; type: string; payload: Json; error?: string };
export type WebhookContext = { admin: Client; log: Log; requestId: string };
/** An event that is done with: handled, or, with an error, poison that stays aside. */
export type HandledEvent = { id: string; error: string | null };
/** Handles a batch. What it doesn't answer, or all of it where it throws, is sent again by the provider. */
export type WebhookHandler = (events: WebhookEvent[], ctx: WebhookContext) => Promise<HandledEvent[]>;

type Options = {
  provider: string;
  /** Whether the call is really the provider's, by the signature of its raw body or by its password. */
  verify: (request: Request, rawBody: string) => boolean | Promise<boolean>;
  /** How it proves that: a wrong signature is answered 403, a wrong password 401 with the challenge for one. */
  proof?: 'signature' | 'password';
  /**
   * The events of a body, each with the provider's own id. Throws where the body is not what the provider sends. The request
   * is there for what its address says of the event.
   */
  events: (rawBody: string, request: Request) => WebhookEvent[];
  /** The id of the batch, where the provider gives one: a batch that was handled whole isn't looked into again. */
  batchId?: (request: Request) => string | null;
  /** The handler keeps the events under their unique ids itself, in the transaction that they take effect in. */
  isKeptByHandler?: boolean;
  /**
   * What the provider is answered, where it wants more than a 200. It is asked each time, for an event that comes again too,
   * so it reads what the handler has left rather than being told.
   */
  reply?: (events: WebhookEvent[], ctx: WebhookContext, request: Request) => Promise<Response> | Response;
};

/**
 * Wraps a webhook's handler: raw body → proof (wrong: 401 or 403, nothing stored) → each event is kept under its unique
 * id (known: skipped) → handled as a set → what became of each is kept. Poison is kept aside with its error and the batch
 * goes on; what the handler leaves undone answers 503, so that the provider sends it again.
 */
export function webhook(options: Options, handler: WebhookHandler) {
  return async (request: Request): Promise<Response> => {
    const requestId = crypto.randomUUID();
    const log = logger({ requestId, webhook: options.provider });
    let response: Response;
    try {
      const rawBody = await readBody(request, maxBodyBytes);
      if (!(await options.verify(request, rawBody))) throw refusal(options);
      const ctx = { admin: createAdminClient(), log, requestId };
      const batchId = options.batchId?.(request)?.slice(0, 200) ?? null;
      const events = parseEvents(options, rawBody, request);
      const counts = options.isKeptByHandler
        ? await count(events, () => handler(events, ctx), ctx)
        : await handleAll(options.provider, events, batchId, handler, ctx);
      if (counts.failed > 0) {
        throw new AppError('unavailable', { userMessage: 'Some events could not be handled yet' });
      }
      response = options.reply ? await options.reply(events, ctx, request) : ok(counts);
    } catch (error) {
      response = errorResponse(error, requestId, log);
    }
    if (response.status === 401) response.headers.set('www-authenticate', 'Basic realm="webhook"');
    response.headers.set('x-request-id', requestId);
    return response;
  };
}

/** A handler for one event at a time: an AppError marks it as poison, any other error leaves it to be sent again. */
export function oneByOne(
  handle: (event: WebhookEvent, ctx: WebhookContext) => Promise<void>,
): WebhookHandler {
  return async (events, ctx) => {
    const handled: HandledEvent[] = [];
    for (const event of events) {
      try {
        await handle(event, ctx);
        handled.push({ id: event.id, error: null });
      } catch (error) {
        ctx.log.error({ err: error, eventId: event.id }, 'webhook event failed');
        if (error instanceof AppError) handled.push({ id: event.id, error: String(error) });
      }
    }
    return handled;
  };
}

/**
 * Whether a request shows a user and a password (RFC 7617), compared in constant time. Nothing fits where either is unset.
 */
export function hasBasicAuth(
  request: Request,
  user: string | undefined,
  password: string | undefined,
): boolean {
  if (!user || !password) return false;
  const [scheme, credentials = ''] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic') return false;
  const shown = Buffer.from(credentials, 'base64');
  const expected = Buffer.from(`${user}:${password}`);
  return shown.length === expected.length && timingSafeEqual(shown, expected);
}

function refusal({ proof }: Options): AppError {
  return proof === 'password'
    ? new AppError('unauthenticated', { userMessage: 'The user or the password is wrong' })
    : new AppError('forbidden', { userMessage: 'The signature is wrong' });
}

function parseEvents(options: Options, rawBody: string, request: Request): WebhookEvent[] {
  try {
    return options.events(rawBody, request).map((event) => ({ ...event, payload: storable(event.payload) }));
  } catch (cause) {
    throw new AppError('invalid', { userMessage: 'The body is not what this provider sends', cause });
  }
}

/** Postgres keeps neither a NUL nor half of a surrogate pair; one in one event must not cost the others of its batch. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what it looks for
const unstorableText = /[\u0000\p{Surrogate}]/gu;

function storable(value: Json, depth = 0): Json {
  if (typeof value === 'string') return value.replace(unstorableText, '\ufffd');
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return null;
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(unstorableText, '\ufffd'),
      storable(item ?? null, depth + 1),
    ]),
  );
}

async function handleAll(
  provider: string,
  events: WebhookEvent[],
  batchId: string | null,
  handler: WebhookHandler,
  ctx: WebhookContext,
) {
  const counts = { received: events.length, handled: 0, poison: 0, failed: 0 };
  if (events.length === 0) return counts;
  const rows = events.map(({ id, type, payload }) => ({
    provider,
    event_id: id,
    type,
    payload,
    batch_id: batchId,
  }));
  // an event whose handling failed earlier is claimed again; one that was handled is not
  const claimed = new Set(unwrap(await ctx.admin.rpc('claim_provider_events', { events: rows })));
  const mine = events.filter(({ id }) => claimed.delete(id));
  const done: HandledEvent[] = [];
  for (const { id, error } of mine) if (error !== undefined) done.push({ id, error });
  const sound = mine.filter(({ error }) => error === undefined);
  try {
    if (sound.length > 0) done.push(...(await handler(sound, ctx)));
  } catch (error) {
    ctx.log.error({ err: error }, 'webhook events failed');
  }
  if (done.length > 0) {
    unwrap(await ctx.admin.rpc('finish_provider_events', { source: provider, results: done.map(toRow) }));
  }
  for (const { id, error } of done) {
    if (error !== null) ctx.log.warn({ eventId: id, error }, 'webhook event kept aside');
  }
  counts.poison = done.filter(({ error }) => error !== null).length;
  counts.handled = done.length - counts.poison;
  counts.failed = mine.length - done.length;
  return counts;
}

/** Counts what became of events whose handler keeps them. */
async function count(events: WebhookEvent[], handle: () => Promise<HandledEvent[]>, ctx: WebhookContext) {
  const done = await handle().catch((error: unknown): HandledEvent[] => {
    ctx.log.error({ err: error }, 'webhook events failed');
    return [];
  });
  const poison = done.filter(({ error }) => error !== null).length;
  return {
    received: events.length,
    handled: done.length - poison,
    poison,
    failed: events.length - done.length,
  };
}

const toRow = ({ id, error }: HandledEvent) => ({ event_id: id, error });
