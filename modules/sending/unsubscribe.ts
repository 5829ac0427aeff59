import 'server-only';
import { z } from 'zod';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';

/** Who writes to whom, as the holder of a mail's link may know. */
export type Unsubscription = {
  address: string;
  workspace: string;
  from_name: string;
  from_address: string;
  is_unsubscribed: boolean;
};

const isToken = (token: string) => z.guid().safeParse(token).success;

/**
 * What a mail's link is about. Changes nothing: mail programs and their guards open links that nobody clicked.
 * @param supabase anybody's client, signed in or not
 * @returns null where no mail has this token
 */
export async function findUnsubscription(supabase: Client, token: string): Promise<Unsubscription | null> {
  if (!isToken(token)) return null;
  return unwrap(await supabase.rpc('find_unsubscribe', { token })) as Unsubscription | null;
}

/**
 * Ends all mails of a workspace to the address that a mail went to. Asked again it changes nothing.
 * @param how `one_click`: a mail program's own button (RFC 8058); `page`: the button of our page
 * @returns null where no mail has this token
 */
export async function unsubscribe(
  supabase: Client,
  token: string,
  how: 'one_click' | 'page',
): Promise<Unsubscription | null> {
  if (!isToken(token)) return null;
  return unwrap(await supabase.rpc('unsubscribe', { token, how })) as Unsubscription | null;
}
