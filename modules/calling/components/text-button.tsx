'use client';

import { MessageSquare } from 'lucide-react';
import { use, useState } from 'react';
import { useShortcut } from '@/components/shortcuts';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import type { DeskBundle } from '../schema';
import { DeskSlotsContext } from './desk-slots';
import { phoneLabel } from './phone-text';

/** Writes a text to the number, where texts can be sent. Key: `t`. */
export function TextButton({ bundle, isBig = false }: { bundle: DeskBundle; isBig?: boolean }) {
  const { TextComposer } = use(DeskSlotsContext);
  const [isOpen, setOpen] = useState(false);
  const isOffered = TextComposer !== undefined && bundle.can.text;
  useShortcut('t', 'Write a text', () => setOpen(true), { group: 'Number', enabled: isOffered });
  if (!TextComposer || !isOffered) return null;
  const [only] = bundle.people;
  return (
    <>
      <Button variant="outline" size={isBig ? 'lg' : 'default'} onClick={() => setOpen(true)}>
        <MessageSquare aria-hidden /> Text
        {isBig ? <Kbd className="max-md:hidden">T</Kbd> : null}
      </Button>
      {isOpen ? (
        <TextComposer
          phoneId={bundle.row.id}
          person={only && bundle.people.length === 1 ? { id: only.id, name: only.name } : null}
          name={phoneLabel(bundle.row.e164)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
