import type { Metadata } from 'next';
import { hasRole } from '@/lib/http/context';
import { pageContext } from '@/lib/http/page-context';
import { Mailboxes } from '@/modules/mailboxes/components/mailboxes';
import { listMailboxes } from '@/modules/mailboxes/queries';

export const metadata: Metadata = { title: 'Mailboxes' };

/** The Gmail accounts that replies are read from and single mails are sent through. */
export default async function MailboxesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [{ supabase, workspaceId, role }, given] = await Promise.all([pageContext(), searchParams]);
  const one = (key: string) => (typeof given[key] === 'string' ? given[key] : null);
  return (
    <Mailboxes
      start={{ page: await listMailboxes(supabase, workspaceId), at: Date.now() }}
      isAdmin={hasRole(role, 'admin')}
      connected={one('connected')}
      problem={one('problem')}
    />
  );
}
