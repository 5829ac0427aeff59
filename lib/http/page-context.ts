import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { fromDatabase } from '../errors';
import { logger } from '../logger';
import { createCookieClient } from '../supabase/server';
import { findMember, type MemberContext } from './context';
import { workspaceCookie } from './workspace-cookie';

/**
 * Who is looking at this page, in which workspace: once per request, however many components ask. Where the workspace of
 * the cookie is gone, or they have left it, the one they joined first. Redirects: to sign-in without a session, to
 * `/welcome` without a workspace.
 */
export const pageContext = cache(async (): Promise<MemberContext> => {
  const requestId = crypto.randomUUID();
  const supabase = await createCookieClient({ 'x-request-id': requestId });
  const chosen = (await cookies()).get(workspaceCookie)?.value ?? null;
  let { member, error } = await findMember(supabase, chosen);
  if (!member && chosen && error?.code !== 'PGRST301') ({ member, error } = await findMember(supabase, null));
  if (error) {
    const failure = fromDatabase(error);
    if ('code' in failure && failure.code === 'unauthenticated') redirect(await signInPath());
    throw failure;
  }
  if (!member) redirect('/welcome');
  return { supabase, requestId, log: logger({ requestId }), ...member };
});

async function signInPath(): Promise<string> {
  const path = (await headers()).get('x-pathname');
  return path ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in';
}
