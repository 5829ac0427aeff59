'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { type DeskSlots, DeskSlotsContext } from '@/modules/calling/components/desk-slots';
import { CountryContext } from '@/modules/calling/components/phone-text';

const TextComposerDialog = dynamic(
  () => import('@/modules/texts/components/text-composer-dialog').then((module) => module.TextComposerDialog),
  { ssr: false },
);

const slots: DeskSlots = {
  TextComposer: ({ phoneId, person, name, onClose }) => (
    <TextComposerDialog
      subject={person ? { kind: 'person', ...person } : { kind: 'phone', id: phoneId, name }}
      phoneId={phoneId}
      onClose={onClose}
    />
  ),
};

/** What other rooms of the product put on the pages of calling. @param country in whose way numbers are written */
export function CallsSlotsProvider({ country, children }: { country: string; children: ReactNode }) {
  return (
    <CountryContext value={country}>
      <DeskSlotsContext value={slots}>{children}</DeskSlotsContext>
    </CountryContext>
  );
}
