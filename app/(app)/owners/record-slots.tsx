'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { type RecordSlots, RecordSlotsContext } from '@/modules/records/components/record-slots';

const RecordWork = dynamic(() => import('../record-work').then((module) => module.RecordWork));

const WriteMailButton = dynamic(
  () => import('@/modules/mailboxes/components/write-mail-button').then((module) => module.WriteMailButton),
  { ssr: false },
);

const TextPersonButton = dynamic(
  () => import('@/modules/texts/components/text-button').then((module) => module.TextPersonButton),
  { ssr: false },
);
const TextAboutButton = dynamic(
  () => import('@/modules/texts/components/text-button').then((module) => module.TextAboutButton),
  { ssr: false },
);

const StartVerificationButton = dynamic(
  () =>
    import('@/modules/verification/components/add-to-board').then((module) => module.StartVerificationButton),
  { ssr: false },
);

const slots: RecordSlots = {
  facts: ({ kind, id }) => (kind === 'owner' ? <RecordWork subject={{ kind: 'owner', id }} /> : null),
  offBoard: (property) => <StartVerificationButton property={property} />,
  bulk: () => null,
  deletionWarning: async () => null,
  reach: (about) => <TextAboutButton about={about} />,
  contact: (person) => (
    <>
      <TextPersonButton person={person} />
      <WriteMailButton person={person} />
    </>
  ),
};

/** What the rooms of the product put on an owner. */
export function OwnerSlotsProvider({ children }: { children: ReactNode }) {
  return <RecordSlotsContext value={slots}>{children}</RecordSlotsContext>;
}
