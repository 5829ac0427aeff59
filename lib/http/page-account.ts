import 'server-only';
import { cache } from 'react';
import { fromDatabase } from '../errors';
import { type Client, createCookieClient } from '../supabase/server';

/** The session of a page outside every workspace, or null where nobody is signed in. */
export const pageSession = cache(
  async (): Promise<{ supabase: Client; userId: string; email: string } | null> => {
    const supabase = await createCookieClient({ 'x-request-id': crypto.randomUUID() });
    const { data } = await supabase.auth.getClaims();
    if (!data) return null;
    return { supabase, userId: data.claims.sub, email: String(data.claims.email ?? '') };
  },
);

/** Who the signed-in person is and where they belong, as `my_account()` in the database says. */
export type Account = {
  user_id: string;
  full_name: string;
  email: string;
  time_zone: string;
  workspaces: { id: string; name: string; slug: string; tier: string; role: 'owner' | 'admin' | 'member' }[];
  invitations: {
    id: string;
    workspace_name: string;
    role: string;
    expires_at: string;
    invited_by: string | null;
  }[];
};

/** One round trip, and one a request however many components ask. Null: nobody is signed in. */
export const pageAccount = cache(async (): Promise<Account | null> => {
  const supabase = await createCookieClient();
  const { data, error } = await supabase.rpc('my_account');
  if (!error) return data as Account | null;
  const failure = fromDatabase(error);
  if ('code' in failure && failure.code === 'unauthenticated') return null;
  throw failure;
});
