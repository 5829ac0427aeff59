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

export const config = {
  matcher: ['/((?!api/|_next/|favicon|icon|.*\\.(?:svg|png|ico|webmanifest)$).*)'],
};
