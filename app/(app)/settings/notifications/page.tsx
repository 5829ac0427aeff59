import type { Metadata } from 'next';
import { pageAccount } from '@/lib/http/page-account';
import { pageContext } from '@/lib/http/page-context';
import { PreferencesForm } from '@/modules/notifications/components/preferences-form';
import { getPreferences } from '@/modules/notifications/queries';

export const metadata: Metadata = { title: 'Notification settings' };

/** What the person is told of in this workspace. */
export default async function NotificationSettingsPage() {
  const { supabase, workspaceId, userId } = await pageContext();
  const [start, account] = await Promise.all([getPreferences(supabase, workspaceId, userId), pageAccount()]);
  return <PreferencesForm start={start} email={account?.email ?? ''} />;
}
