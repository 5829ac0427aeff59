'use client';

import { Send } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

const AddToCampaign = dynamic(() => import('./add-to-campaign').then((module) => module.AddToCampaign), {
  ssr: false,
});

/** The people list's own way into a campaign: puts the selected people into a draft. */
export function AddToCampaignButton({ ids }: { ids: ReadonlySet<string> }) {
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
