import type { ReactNode } from 'react';
import { CampaignSlotsProvider } from './slots';

/** What campaigns borrow from other rooms comes with their pages alone. */
export default function CampaignsLayout({ children }: { children: ReactNode }) {
  return <CampaignSlotsProvider>{children}</CampaignSlotsProvider>;
}
