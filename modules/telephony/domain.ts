import { env } from '@/lib/env';

/** Who a browser is to the provider: letters, digits and underscores are all it takes. */
export const browserIdentity = (userId: string) => `user_${userId.replaceAll('-', '_')}`;

/** The webhooks that calls lead through. */
export type Hook = 'voice' | 'bridge' | 'browser' | 'call-status' | 'recording' | 'voicemail';

/** The public address of a webhook. @param query what it is to be told of the call, under the provider's signature */
export function hookUrl(hook: Hook, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `${env().APP_URL.replace(/\/$/, '')}/api/webhooks/twilio/${hook}${search && `?${search}`}`;
}
