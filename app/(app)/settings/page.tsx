import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { timeZoneGroups } from '@/lib/time-zone';
import { DangerZone } from '@/modules/workspaces/components/danger-zone';
import { GeneralForm } from '@/modules/workspaces/components/general-form';
import { PlanForm } from '@/modules/workspaces/components/plan-form';
import { listMembers } from '@/modules/workspaces/queries';

export const metadata: Metadata = { title: 'Settings' };

export default async function GeneralSettingsPage() {
  const { supabase, workspaceId, workspace, role, userId, tier } = await pageContext();
  const members = await listMembers(supabase, workspaceId);
  return (
    <>
      <GeneralForm
        workspaceId={workspaceId}
        workspace={workspace}
        zones={timeZoneGroups(workspace.timeZone)}
        canEdit={role !== 'member'}
      />
      <PlanForm key={tier} workspaceId={workspaceId} tier={tier} canEdit={role === 'owner'} />
      <DangerZone
        workspaceId={workspaceId}
        name={workspace.name}
        role={role}
        userId={userId}
        members={members}
      />
    </>
  );
}
