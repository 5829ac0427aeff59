'use client';

import { MessageSquare } from 'lucide-react';
import { use, useState } from 'react';
import { useShortcut } from '@/components/shortcuts';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import type { DeskBundle } from '../schema';
import { DeskSlotsContext } from './desk-slots';

/** Writes a text to the number, where texts can be sent. Key: `t`. */
export function TextButton({ bundle, isBig = false }: { bundle: DeskBundle; isBig?: boolean }) {
  const { TextComposer } = use(DeskSlotsContext);
  const [isOpen, setOpen] = useState(false);
  const isOffered = TextComposer !== undefined && bundle.can.text;
  useShortcut('t', 'Write a text', () => setOpen(true), { group: 'Number', enabled: isOffered });
  if (!TextComposer || !isOffered) return null;
  return (
    <>
      <Button variant="outline" size={isBig ? 'lg' : 'default'} onClick={() => setOpen(true)}>
        <MessageSquare aria-hidden /> Text
        {isBig ? <Kbd className="max-md:hidden">T</Kbd> : null}
      </Button>
      {isOpen ? (
        <TextComposer
          phoneId={bundle.row.id}
          personId={bundle.people.length === 1 ? (bundle.people[0]?.id ?? null) : null}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
