'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { type RecordSlots, RecordSlotsContext } from '@/modules/records/components/record-slots';

const AddToCampaignButton = dynamic(
  () =>
    import('@/modules/campaigns/components/add-to-campaign-button').then(
      (module) => module.AddToCampaignButton,
    ),
  { ssr: false },
);

const TextAboutButton = dynamic(
  () => import('@/modules/texts/components/text-button').then((module) => module.TextAboutButton),
  { ssr: false },
);

const BulkTextButton = dynamic(
  () => import('@/modules/texts/components/bulk-text-button').then((module) => module.BulkTextButton),
  { ssr: false },
);

const slots: RecordSlots = {
  facts: () => null,
  reach: (about) => <TextAboutButton about={about} />,
  bulk: (kind, ids) =>
    kind === 'person' ? (
      <>
        <BulkTextButton ids={ids} />
        <AddToCampaignButton ids={ids} />
      </>
    ) : null,
  deletionWarning: async () => null,
};

/** What the rooms of the product put on people. */
export function PeopleSlotsProvider({ children }: { children: ReactNode }) {
  return <RecordSlotsContext value={slots}>{children}</RecordSlotsContext>;
}
