import { Lock } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/components/empty-state';
import { pageContext } from '@/lib/http/page-context';
import { AuditLog } from '@/modules/workspaces/components/audit-log';
import { listAuditLog, listMembers } from '@/modules/workspaces/queries';
import { auditEntities } from '@/modules/workspaces/schema';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditLogPage({ searchParams }: { searchParams: Promise<{ entity?: string }> }) {
  const { supabase, workspaceId, role } = await pageContext();
  if (role === 'member') {
    return (
      <EmptyState
        icon={Lock}
        title="Only admins read the audit log"
        description="It holds who changed what, and when. Ask an admin or an owner of this workspace."
      />
    );
  }
  const { entity: wanted } = await searchParams;
  const entity = auditEntities.find((each) => each === wanted);
  const [first, members] = await Promise.all([
    listAuditLog(supabase, workspaceId, { entity, limit: 50 }),
    listMembers(supabase, workspaceId),
  ]);
  const names = Object.fromEntries(
    members.map((member) => [member.user_id, member.full_name || member.email]),
  );
  return (
    <AuditLog
      key={entity ?? ''}
      entity={entity ?? null}
      entities={auditEntities}
      first={first}
      names={names}
    />
  );
}
