'use client';

import type { Assignee } from '@/modules/records/queries';
import { BoardView, type CardSlots } from '@/modules/verification/components/board-view';
import type { BoardStart } from '@/modules/verification/components/use-board';
import { RecordWork } from '../record-work';

const slots: CardSlots = {
  sections: (card) => <RecordWork subject={{ kind: 'verification', id: card.id }} />,
};

/** The board, with what other rooms put into a card's panel. */
export function VerificationBoard(props: {
  start: BoardStart;
  members: readonly Assignee[];
  threshold: number;
}) {
  return <BoardView {...props} slots={slots} />;
}
