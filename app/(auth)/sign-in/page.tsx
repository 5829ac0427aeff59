import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { FormNotice } from '@/components/form-notice';
import { PlainTitle } from '@/components/plain-frame';
import { pageAccount } from '@/lib/http/page-account';
import { safeNext } from '@/lib/safe-next';
import { SignInForm } from '@/modules/profiles/components/sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string; email?: string; problem?: string }>;
}) {
  const { next: wanted, email, problem } = await searchParams;
  const next = safeNext(wanted);
  // a session whose account is gone is none: sending it on would only bring it back here
  if (await pageAccount()) redirect(next);
  return (
    <>
      <PlainTitle title="Sign in">
        {next === '/' ? null : 'You will go on where you wanted to go.'}
      </PlainTitle>
      {problem === 'link' ? (
        <div className="mb-4">
          <FormNotice tone="problem">
            This link is used up or too old. If you have just confirmed your address, sign in.
          </FormNotice>
        </div>
      ) : null}
      <SignInForm next={next} email={typeof email === 'string' ? email : undefined} />
    </>
  );
}
