import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PlainTitle } from '@/components/plain-frame';
import { pageSession } from '@/lib/http/page-account';
import { ResetPasswordForm } from '@/modules/profiles/components/password-forms';

export const metadata: Metadata = { title: 'Choose a new password' };

/** Reached by the link of a reset mail, which signs in; without that there is nobody whose password it could be. */
export default async function ResetPasswordPage() {
  const session = await pageSession();
  if (!session) redirect('/forgot-password?problem=link');
  return (
    <>
      <PlainTitle title="Choose a new password">For {session.email}.</PlainTitle>
      <ResetPasswordForm email={session.email} />
    </>
  );
}
