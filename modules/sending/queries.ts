import 'server-only';
import { env } from '@/lib/env';
import { unwrap } from '@/lib/errors';
import { sparkpostProblem } from '@/lib/providers/sparkpost';
import type { Client } from '@/lib/supabase/server';
import type { ProviderSetup, SendingSettings } from './schema';

/**
 * Domains with their day and breaker, senders and mailboxes, in one round trip.
 * @throws {AppError} `not_found` for who isn't a member
 */
export async function getSendingSettings(supabase: Client, workspace: string): Promise<SendingSettings> {
  return unwrap(await supabase.rpc('sending_settings', { workspace })) as unknown as SendingSettings;
}

/** What is set of the provider, and what SparkPost has to be told. */
export function providerSetup(): ProviderSetup {
  const {
    APP_URL,
    SPARKPOST_API_URL,
    SPARKPOST_WEBHOOK_USER: user,
    SPARKPOST_WEBHOOK_PASSWORD: password,
  } = env();
  return {
    problem: sparkpostProblem(),
    webhookUrl: `${APP_URL}/api/webhooks/sparkpost`,
    webhookUser: user && password ? user : null,
    isEu: new URL(SPARKPOST_API_URL).hostname === 'api.eu.sparkpost.com',
  };
}
