'use client';

import dynamic from 'next/dynamic';
import type { Assignee } from '@/modules/records/queries';
import { BoardView, type CardSlots } from '@/modules/verification/components/board-view';
import type { BoardStart } from '@/modules/verification/components/use-board';
import { RecordWork } from '../record-work';

const InlineThread = dynamic(
  () => import('@/modules/messages/components/inline-thread').then((module) => module.InlineThread),
  { ssr: false },
);

const TextAboutButton = dynamic(
  () => import('@/modules/texts/components/text-button').then((module) => module.TextAboutButton),
  { ssr: false },
);

const slots: CardSlots = {
  actions: ({ id }) => <TextAboutButton about={{ kind: 'verification', id }} />,
  sections: (card) => (
    <>
      {card.owner ? <InlineThread owner={card.owner.id} property={card.property.id} /> : null}
      <RecordWork subject={{ kind: 'verification', id: card.id }} />
    </>
  ),
};

/** The board, with what other rooms put into a card's panel. */
export function VerificationBoard(props: {
  start: BoardStart;
  members: readonly Assignee[];
  threshold: number;
}) {
  return <BoardView {...props} slots={slots} />;
}
