'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { type RecordSlots, RecordSlotsContext } from '@/modules/records/components/record-slots';

const LazySlot = dynamic(() => import('./lazy-slots').then((module) => module.LazySlot), { ssr: false });

const slots: RecordSlots = {
  facts: () => null,
  reach: (about) => <LazySlot slot="reach" about={about} />,
  bulk: (kind, ids) => (kind === 'person' ? <LazySlot slot="bulk" ids={ids} /> : null),
  deletionWarning: async () => null,
};

/** What the rooms of the product put on people. */
export function PeopleSlotsProvider({ children }: { children: ReactNode }) {
  return <RecordSlotsContext value={slots}>{children}</RecordSlotsContext>;
}
