import { createServerClient } from '@supabase/ssr';
import { type NextRequest, NextResponse } from 'next/server';
import { env } from './lib/env';
import { sessionCookieOptions } from './lib/supabase/session-cookie';

/** Pages that make sense without a session. Everything else leads to sign-in and back. */
const publicPages = [
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/reset-password',
  '/auth',
  '/invitations',
  '/u',
];

const isPublic = (path: string) => publicPages.some((page) => path === page || path.startsWith(`${page}/`));

/**
 * Keeps the session of page requests fresh (Server Components can't write cookies) and sends signed-out people to
 * sign-in, with the way back. API routes, crons and webhooks look after themselves: see the matcher.
 */
export async function proxy(request: NextRequest) {
  if (isUnsubscribe(request)) return unsubscribe(request);
  // Server Components don't know their own address; a page that finds no session needs it for the way back
  request.headers.set('x-pathname', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  let response = NextResponse.next({ request });
  const supabase = createServerClient(
    env().NEXT_PUBLIC_SUPABASE_URL,
    env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    {
      cookieOptions: { ...sessionCookieOptions, secure: env().APP_URL.startsWith('https:') },
      cookies: {
        getAll: () => request.cookies.getAll(),
        setAll: (items) => {
          for (const { name, value } of items) request.cookies.set(name, value);
          response = NextResponse.next({ request });
          for (const { name, value, options } of items) response.cookies.set(name, value, options);
        },
      },
    },
  );
  const { data } = await supabase.auth.getClaims();
  const { pathname, search } = request.nextUrl;
  if (!data && !isPublic(pathname)) {
    const signIn = new URL('/sign-in', request.url);
    if (pathname !== '/') signIn.searchParams.set('next', `${pathname}${search}`);
    return NextResponse.redirect(signIn);
  }
  return response;
}

/** A mail's link is a page and, by RFC 8058, what a mail program posts to; a page can't be posted to, so a route answers it. */
const isUnsubscribe = ({ method, nextUrl }: NextRequest) =>
  method === 'POST' && /^\/u\/[^/]+$/.test(nextUrl.pathname);

/** It holds for whoever has the link, from any site and signed in or not: who they are is left behind here. */
function unsubscribe(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  for (const name of ['cookie', 'authorization', 'sec-fetch-site']) headers.delete(name);
  const token = request.nextUrl.pathname.slice('/u/'.length);
  return NextResponse.rewrite(new URL(`/api/unsubscribe/${token}`, request.url), { request: { headers } });
}

export const config = {
  matcher: ['/((?!api/|_next/|favicon|icon|.*\\.(?:svg|png|ico|webmanifest)$).*)'],
};
