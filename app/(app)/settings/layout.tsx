import type { ReactNode } from 'react';
import { PageHeader } from '@/components/page-header';
import { SettingsNav } from '@/modules/workspaces/components/settings-nav';

/** The frame of all settings. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsNav />} />
      <div className="px-6 py-6 max-md:px-4">{children}</div>
    </>
  );
}
