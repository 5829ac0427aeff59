import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PlainFrame, PlainTitle } from '@/components/plain-frame';
import { pageAccount } from '@/lib/http/page-account';
import { CreateWorkspaceForm } from '@/modules/workspaces/components/create-workspace-form';
import { SignOutLink } from '@/modules/workspaces/components/sign-out-link';
import { WaitingInvitations } from '@/modules/workspaces/components/waiting-invitations';

export const metadata: Metadata = { title: 'New workspace' };

/** The first workspace of a new account, or another one. */
export default async function WelcomePage() {
  const account = await pageAccount();
  if (!account) redirect('/sign-in?next=%2Fwelcome');
  const isFirst = account.workspaces.length === 0;
  return (
    <PlainFrame>
      <WaitingInvitations invitations={account.invitations} />
      <PlainTitle title={isFirst ? 'Name your workspace' : 'New workspace'}>
        A workspace holds one team’s lists, people and properties. You can rename it later.
      </PlainTitle>
      <CreateWorkspaceForm cancelHref={isFirst ? undefined : '/'} />
      {isFirst ? <SignOutLink email={account.email} /> : null}
    </PlainFrame>
  );
}
