import type { ReactNode } from 'react';
import { PeopleSlotsProvider } from './record-slots';

/** Campaigns take people from their list alone, so that no other page loads what that needs. */
export default function PeopleLayout({ children }: { children: ReactNode }) {
  return <PeopleSlotsProvider>{children}</PeopleSlotsProvider>;
}
