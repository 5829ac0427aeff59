'use client';

import { MessageSquare } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

const BulkText = dynamic(() => import('./bulk-text').then((module) => module.BulkText), { ssr: false });

/** The people list's own way to write one text to the selected people. */
export function BulkTextButton({ ids }: { ids: ReadonlySet<string> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => setOpen(true)}>
        <MessageSquare aria-hidden /> Text
      </Button>
      {open ? <BulkText ids={ids} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
