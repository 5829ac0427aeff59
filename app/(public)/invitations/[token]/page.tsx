import type { Metadata } from 'next';
import { PlainFrame, PlainTitle } from '@/components/plain-frame';
import { pageAccount } from '@/lib/http/page-account';
import { createCookieClient } from '@/lib/supabase/server';
import { InvitationCard } from '@/modules/workspaces/components/invitation-card';
import { findInvitation } from '@/modules/workspaces/invitations';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

/** What an invitation's link opens, signed in or not. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invitation, account] = await Promise.all([
    findInvitation(await createCookieClient(), token),
    pageAccount(),
  ]);
  return (
    <PlainFrame>
      {invitation ? (
        <InvitationCard invitation={invitation} token={token} myEmail={account?.email ?? null} />
      ) : (
        <PlainTitle title="There is no such invitation">
          The link may be cut short, or a newer one has been sent since. Look for the latest mail, or ask
          whoever invited you.
        </PlainTitle>
      )}
    </PlainFrame>
  );
}
