import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PlainTitle } from '@/components/plain-frame';
import { pageAccount } from '@/lib/http/page-account';
import { safeNext } from '@/lib/safe-next';
import { SignUpForm } from '@/modules/profiles/components/sign-up-form';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string; email?: string }>;
}) {
  const { next: wanted, email } = await searchParams;
  const next = safeNext(wanted);
  if (await pageAccount()) redirect(next);
  return (
    <>
      <PlainTitle title="Create an account" />
      <SignUpForm next={next} email={typeof email === 'string' ? email : undefined} />
    </>
  );
}
