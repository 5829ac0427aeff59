import type { ReactNode } from 'react';
import { OwnerSlotsProvider } from './record-slots';

/** Tasks and files of an owner stand on its page and in the panel beside the list. */
export default function OwnersLayout({ children }: { children: ReactNode }) {
  return <OwnerSlotsProvider>{children}</OwnerSlotsProvider>;
}
