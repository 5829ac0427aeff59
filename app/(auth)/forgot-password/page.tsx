import type { Metadata } from 'next';
import { FormNotice } from '@/components/form-notice';
import { PlainTitle } from '@/components/plain-frame';
import { ForgotPasswordForm } from '@/modules/profiles/components/password-forms';

export const metadata: Metadata = { title: 'Reset the password' };

export default async function ForgotPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ email?: string; problem?: string }>;
}) {
  const { email, problem } = await searchParams;
  return (
    <>
      <PlainTitle title="Reset the password">We send a link with which you choose a new one.</PlainTitle>
      {problem === 'link' ? (
        <div className="mb-4">
          <FormNotice tone="problem">This link is used up or too old. Ask for a new one.</FormNotice>
        </div>
      ) : null}
      <ForgotPasswordForm email={typeof email === 'string' ? email : undefined} />
    </>
  );
}
