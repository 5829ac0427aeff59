import { env } from '@/lib/env';
import { hasBasicAuth, webhook } from '@/lib/http/webhook';
import { applySparkpostEvents } from '@/modules/sending/apply-events';
import { sparkpostBatch } from '@/modules/sending/sparkpost-events';

/**
 * What SparkPost tells of our mails, in batches of up to 350 and more.
 * @see https://developers.sparkpost.com/api/webhooks/
 */
export const POST = webhook(
  {
    provider: 'sparkpost',
    proof: 'password',
    verify: (request) =>
      hasBasicAuth(request, env().SPARKPOST_WEBHOOK_USER, env().SPARKPOST_WEBHOOK_PASSWORD),
    events: sparkpostBatch,
    batchId: (request) => request.headers.get('x-messagesystems-batch-id'),
  },
  (events, { admin }) => applySparkpostEvents(admin, events),
);
