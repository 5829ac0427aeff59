import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { NumbersSettings } from '@/modules/phone-numbers/components/numbers-settings';
import { listPhoneNumbers } from '@/modules/phone-numbers/service';
import { listAssignees } from '@/modules/records/queries';

export const metadata: Metadata = { title: 'Numbers' };

/** Our own numbers: what each is for, who is rung, how fast it texts; and what the provider has to be told. */
export default async function NumbersPage() {
  const { supabase, workspaceId, role } = await pageContext();
  const [numbers, members] = await Promise.all([
    listPhoneNumbers({ supabase, workspaceId }),
    listAssignees(supabase, workspaceId),
  ]);
  return (
    <NumbersSettings start={{ numbers, at: Date.now() }} members={members} canEdit={role !== 'member'} />
  );
}
