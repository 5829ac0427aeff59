import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { CallingSettingsForm } from '@/modules/calling/components/calling-settings';
import { FollowupSettings } from '@/modules/calling/components/followup-settings';
import { getCallingSettings, getFollowups } from '@/modules/calling/settings-service';

export const metadata: Metadata = { title: 'Calling' };

/** When and how often numbers are called and texted, what callers hear, and which mail follows which outcome. */
export default async function CallingSettingsPage() {
  const { supabase, workspaceId, role } = await pageContext();
  const [settings, followups] = await Promise.all([
    getCallingSettings(supabase, workspaceId),
    getFollowups(supabase, workspaceId),
  ]);
  const canEdit = role !== 'member';
  return (
    <>
      {canEdit ? null : (
        <p className="mb-4 text-muted-foreground text-sm">
          Only admins and owners change these. Ask one of them.
        </p>
      )}
      <CallingSettingsForm settings={settings} canEdit={canEdit} />
      <FollowupSettings start={followups} canEdit={canEdit} />
    </>
  );
}
