'use client';

import { Send } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { type RecordSlots, RecordSlotsContext } from '@/modules/records/components/record-slots';

const AddToCampaign = dynamic(
  () => import('@/modules/campaigns/components/add-to-campaign').then((module) => module.AddToCampaign),
  { ssr: false },
);

function AddToCampaignButton({ ids }: { ids: ReadonlySet<string> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => setOpen(true)}>
        <Send aria-hidden /> Add to campaign
      </Button>
      {open ? <AddToCampaign ids={ids} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const slots: RecordSlots = {
  facts: () => null,
  bulk: (kind, ids) => (kind === 'person' ? <AddToCampaignButton ids={ids} /> : null),
  deletionWarning: async () => null,
};

/** What the rooms of the product put on people. */
export function PeopleSlotsProvider({ children }: { children: ReactNode }) {
  return <RecordSlotsContext value={slots}>{children}</RecordSlotsContext>;
}
