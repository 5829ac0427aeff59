import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { DomainHealth } from '@/modules/email-analytics/components/domain-health';
import { SendingSettingsView } from '@/modules/sending/components/sending-settings';
import { getSendingSettings, providerSetup } from '@/modules/sending/queries';

export const metadata: Metadata = { title: 'Sending' };

/** Domains that mails are sent from, and whose names they carry. */
export default async function SendingPage() {
  const { supabase, workspaceId, role } = await pageContext();
  const settings = await getSendingSettings(supabase, workspaceId);
  return (
    <>
      <SendingSettingsView
        start={{ settings, at: Date.now() }}
        setup={providerSetup()}
        canEdit={role !== 'member'}
      />
      {settings.domains.length > 0 ? (
        <section aria-labelledby="health" className="mt-8 max-w-4xl">
          <h2 id="health" className="mb-2 font-semibold">
            Health of the domains
          </h2>
          <DomainHealth />
        </section>
      ) : null}
    </>
  );
}
