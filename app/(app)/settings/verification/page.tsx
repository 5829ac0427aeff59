import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { ScoreSettings } from '@/modules/verification/components/score-settings';
import { getScoreRules } from '@/modules/verification/queries';

export const metadata: Metadata = { title: 'Verification settings' };

/** What scores are counted with. */
export default async function VerificationSettingsPage() {
  const { supabase, workspaceId, role } = await pageContext();
  const rules = await getScoreRules(supabase, workspaceId);
  return <ScoreSettings rules={rules} canEdit={role !== 'member'} />;
}
