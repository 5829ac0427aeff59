'use client';

import { useState } from 'react';
import { ApiError, api } from '@/lib/api-client';

/** Who is signed in, and the way out, on pages without the shell. */
export function SignOutLink({ email }: { email: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  async function signOut() {
    try {
      await api('POST', '/api/auth/sign-out');
      window.location.assign('/sign-in');
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'You are still signed in. Try again.');
    }
  }
  return (
    <p className="mt-6 text-muted-foreground text-sm">
      Signed in as {email}.{' '}
      <button
        type="button"
        className="text-primary-text underline underline-offset-2"
        onClick={() => void signOut()}
      >
        Sign out
      </button>
      {problem ? <span role="alert"> {problem}</span> : null}
    </p>
  );
}
