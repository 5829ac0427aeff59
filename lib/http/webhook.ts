import 'server-only';
import { AppError, unwrap } from '../errors';
import { type Log, logger } from '../logger';
import { createAdminClient } from '../supabase/admin';
import type { Json } from '../supabase/database.types';
import type { Client } from '../supabase/server';
import { readBody } from './read-body';
import { errorResponse, ok } from './respond';

/** More than any provider sends in one call. */
const maxBodyBytes = 20 * 1024 * 1024;

export type WebhookEvent = { id: string; type: string; payload: Json };
export type WebhookContext = { admin: Client; log: Log; requestId: string };

type Options = {
  provider: string;
  /** Whether the raw body is really the provider's, by its signature. */
  verify: (request: Request, rawBody: string) => boolean | Promise<boolean>;
  /** The events of a body, each with the provider's own id. Throws where the body is not what the provider sends. */
  events: (rawBody: string) => WebhookEvent[];
};

/**
 * Wraps a webhook's handler: raw body → signature (wrong: 403, nothing stored) → each event is kept under its unique id
 * (known: skipped) → handled. A handler that throws an AppError marks its event as poison and the batch goes on; any
 * other error leaves the event unhandled and answers 503, so that the provider sends it again.
 */
export function webhook(
  options: Options,
  handler: (event: WebhookEvent, ctx: WebhookContext) => Promise<void>,
) {
  return async (request: Request): Promise<Response> => {
    const requestId = crypto.randomUUID();
    const log = logger({ requestId, webhook: options.provider });
    let response: Response;
    try {
      const rawBody = await readBody(request, maxBodyBytes);
      if (!(await options.verify(request, rawBody))) {
        throw new AppError('forbidden', { userMessage: 'The signature is wrong' });
      }
      const ctx = { admin: createAdminClient(), log, requestId };
      const counts = await handleAll(options.provider, parseEvents(options, rawBody), handler, ctx);
      if (counts.failed > 0)
        throw new AppError('unavailable', { userMessage: 'Some events could not be handled yet' });
      response = ok(counts);
    } catch (error) {
      response = errorResponse(error, requestId, log);
    }
    response.headers.set('x-request-id', requestId);
    return response;
  };
}

function parseEvents(options: Options, rawBody: string): WebhookEvent[] {
  try {
    return options.events(rawBody);
  } catch (cause) {
    throw new AppError('invalid', { userMessage: 'The body is not what this provider sends', cause });
  }
}

async function handleAll(
  provider: string,
  events: WebhookEvent[],
  handler: (event: WebhookEvent, ctx: WebhookContext) => Promise<void>,
  ctx: WebhookContext,
) {
  const rows = events.map(({ id, type, payload }) => ({ provider, event_id: id, type, payload }));
  // an event whose handling failed earlier is claimed again; one that was handled is not
  const claimed = new Set(unwrap(await ctx.admin.rpc('claim_provider_events', { events: rows })));
  let failed = 0;
  for (const event of events.filter(({ id }) => claimed.has(id))) {
    const error = await handler(event, ctx).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    const isPoison = error instanceof AppError;
    if (error) ctx.log.error({ err: error, eventId: event.id }, 'webhook event failed');
    if (error && !isPoison) failed += 1;
    const { error: notKept } = await ctx.admin
      .from('provider_events')
      .update({
        handled_at: error && !isPoison ? null : new Date().toISOString(),
        error: error ? String(error) : null,
      })
      .eq('provider', provider)
      .eq('event_id', event.id);
    if (notKept) throw notKept;
  }
  return { received: events.length, handled: claimed.size - failed, failed };
}
