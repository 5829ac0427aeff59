import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { Members } from '@/modules/workspaces/components/members';
import { listInvitations, listMembers } from '@/modules/workspaces/queries';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  const { supabase, workspaceId, role, userId } = await pageContext();
  const [members, invitations] = await Promise.all([
    listMembers(supabase, workspaceId),
    role === 'member' ? [] : listInvitations(supabase, workspaceId),
  ]);
  return <Members myId={userId} myRole={role} members={members} invitations={invitations} />;
}
