import type { ReactNode } from 'react';
import { RecordSlotsProvider } from './record-slots';

/** Cards of the board hang on properties alone, so that no other page loads what they need. */
export default function PropertiesLayout({ children }: { children: ReactNode }) {
  return <RecordSlotsProvider>{children}</RecordSlotsProvider>;
}
