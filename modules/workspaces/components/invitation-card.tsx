'use client';

import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { FormNotice } from '@/components/form-notice';
import { PlainTitle } from '@/components/plain-frame';
import { Button } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { useHydrated } from '@/lib/use-hydrated';
import { roleHelp, roleLabels } from '../roles';
import type { InvitationPreview } from '../types';

const closed: Record<Exclude<InvitationPreview['state'], 'open'>, { title: string; text: string }> = {
  expired: { title: 'This invitation has expired', text: 'Ask whoever invited you to send it again.' },
  revoked: { title: 'This invitation was withdrawn', text: 'Ask whoever invited you if that was meant.' },
  accepted: {
    title: 'This invitation was used already',
    text: 'If it was you, the workspace is in your switcher.',
  },
};

/**
 * What the invitation is for, and the one step that is next: sign in, accept, or change accounts.
 * @param myEmail the address of who is signed in, or null
 */
export function InvitationCard({
  invitation,
  token,
  myEmail,
}: {
  invitation: InvitationPreview;
  token: string;
  myEmail: string | null;
}) {
  const { state, email } = invitation;
  if (state !== 'open') {
    return (
      <>
        <PlainTitle title={closed[state].title}>{closed[state].text}</PlainTitle>
        <Button asChild size="lg" variant="outline">
          <Link href="/">Go to Freehold</Link>
        </Button>
      </>
    );
  }
  return (
    <>
      <PlainTitle title={`Join ${invitation.workspace_name}`}>
        {invitation.invited_by || 'A colleague'} invites you to this workspace on Freehold.
      </PlainTitle>
      <dl className="mb-5 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-lg border bg-card px-3 py-2.5 text-sm">
        <Fact label="Role">
          {roleLabels[invitation.role]}
          <span className="block text-muted-foreground text-xs">{roleHelp[invitation.role]}</span>
        </Fact>
        {email ? <Fact label="For">{email}</Fact> : null}
        {myEmail ? <Fact label="You are">{myEmail}</Fact> : null}
      </dl>
      {myEmail === null ? <SignInFirst token={token} email={email} /> : null}
      {myEmail !== null && (email === null || email === myEmail) ? <Accept token={token} /> : null}
      {myEmail !== null && email !== null && email !== myEmail ? (
        <WrongAccount email={email} myEmail={myEmail} />
      ) : null}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function SignInFirst({ token, email }: { token: string; email: string | null }) {
  const query = new URLSearchParams({ next: `/invitations/${token}`, ...(email && { email }) });
  return (
    <div className="grid gap-2">
      <Button asChild size="lg">
        <Link href={`/sign-up?${query}`}>Create an account</Link>
      </Button>
      <Button asChild size="lg" variant="outline">
        <Link href={`/sign-in?${query}`}>Sign in</Link>
      </Button>
    </div>
  );
}

/** Runs one call, then opens a fresh page. */
function useLeaving(work: () => Promise<unknown>, href: () => string) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function go() {
    setPending(true);
    setProblem(null);
    try {
      await work();
      window.location.assign(href());
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'Something went wrong. Try again.');
      setPending(false);
    }
  }
  return { pending, problem, isReady: useHydrated(), go: () => void go() };
}

function Accept({ token }: { token: string }) {
  const { pending, problem, isReady, go } = useLeaving(
    () => api('POST', '/api/invitations/accept', { token }),
    () => '/',
  );
  return (
    <div className="grid gap-3">
      {problem ? <FormNotice tone="problem">{problem}</FormNotice> : null}
      <Button size="lg" loading={pending} disabled={!isReady} onClick={go}>
        Accept the invitation
      </Button>
    </div>
  );
}

function WrongAccount({ email, myEmail }: { email: string; myEmail: string }) {
  const { pending, problem, isReady, go } = useLeaving(
    () => api('POST', '/api/auth/sign-out'),
    () => window.location.pathname,
  );
  return (
    <div className="grid gap-3">
      <FormNotice tone="problem">
        {problem ??
          `This invitation is for ${email}, and you are signed in as ${myEmail}. Sign out to use the other account.`}
      </FormNotice>
      <Button size="lg" variant="outline" loading={pending} disabled={!isReady} onClick={go}>
        Sign out
      </Button>
    </div>
  );
}
