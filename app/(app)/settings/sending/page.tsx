import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { SendingSettingsView } from '@/modules/sending/components/sending-settings';
import { getSendingSettings, providerSetup } from '@/modules/sending/queries';

export const metadata: Metadata = { title: 'Sending' };

/** Domains that mails are sent from, and whose names they carry. */
export default async function SendingPage() {
  const { supabase, workspaceId, role } = await pageContext();
  const settings = await getSendingSettings(supabase, workspaceId);
  return (
    <SendingSettingsView
      start={{ settings, at: Date.now() }}
      setup={providerSetup()}
      canEdit={role !== 'member'}
    />
  );
}
