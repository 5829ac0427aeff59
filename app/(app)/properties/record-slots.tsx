'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { type RecordSlots, RecordSlotsContext } from '@/modules/records/components/record-slots';

const PropertyCards = dynamic(
  () => import('@/modules/verification/components/property-cards').then((module) => module.PropertyCards),
  { ssr: false },
);
const AddToBoardButton = dynamic(
  () => import('@/modules/verification/components/add-to-board').then((module) => module.AddToBoardButton),
  { ssr: false },
);

const slots: RecordSlots = {
  facts: ({ kind, id }) => (kind === 'property' ? <PropertyCards propertyId={id} /> : null),
  bulk: (kind, ids) => (kind === 'property' ? <AddToBoardButton ids={ids} /> : null),
  deletionWarning: async (kind, ids) => {
    if (kind !== 'property') return null;
    const { cardsThatGo } = await import('@/modules/verification/components/cards-that-go');
    return cardsThatGo(ids);
  },
};

/** What the rooms of the product put on each other's records. */
export function RecordSlotsProvider({ children }: { children: ReactNode }) {
  return <RecordSlotsContext value={slots}>{children}</RecordSlotsContext>;
}
