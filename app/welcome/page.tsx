import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { pageAccount } from '@/lib/http/page-account';
import { PlainFrame, PlainTitle } from '@/modules/profiles/components/plain-frame';
import { CreateWorkspaceForm } from '@/modules/workspaces/components/create-workspace-form';

export const metadata: Metadata = { title: 'New workspace' };

/** The first workspace of a new account, or another one. */
export default async function WelcomePage() {
  const account = await pageAccount();
  if (!account) redirect('/sign-in?next=%2Fwelcome');
  const isFirst = account.workspaces.length === 0;
  return (
    <PlainFrame>
      <PlainTitle title={isFirst ? 'Name your workspace' : 'New workspace'}>
        A workspace holds one team’s lists, people and properties. You can rename it later.
      </PlainTitle>
      <CreateWorkspaceForm cancelHref={isFirst ? undefined : '/'} />
    </PlainFrame>
  );
}
