'use client';

import { useDraggable } from '@dnd-kit/core';
import { CircleCheck, CircleSlash, Clock } from 'lucide-react';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { useRowsInView } from '@/components/data-table/use-rows-in-view';
import { Tooltip } from '@/components/ui/tooltip';
import { formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import type { BoardCard, BoardStage } from '../domain';
import { CardFace, type CardKit, cardHeight, cardPitch } from './card-face';
import { type DragStore, useDragIn } from './drag-store';

/** Space above the first card, in pixels. */
export const columnPadding = 2;
/** How many cards before the end of what is loaded the next ones are read. */
const readAhead = 10;
/** How many cards are seen making room at once. */
const mostSliding = 2;

/** What a column can ask of its board. */
export type ColumnActions = {
  onOpen: (card: BoardCard) => void;
  onMore: (stageId: string) => void;
  /** Moves the focus to a neighbouring column. */
  onLeave: (stageId: string, step: -1 | 1, index: number) => void;
};

/** A stage with its cards; only those in view are in the document. */
export const BoardColumn = memo(function BoardColumn({
  stage,
  kit,
  store,
  openId,
  landedId,
  actions,
}: {
  stage: BoardStage;
  kit: CardKit;
  store: DragStore;
  openId: string | null;
  landedId: string | null;
  actions: ColumnActions;
}) {
  const body = useRef<HTMLUListElement>(null);
  const drag = useDragIn(store, stage.id);
  const activeId = drag?.card.id ?? null;
  const gap = drag && drag.stageId === stage.id ? drag.index : -1;
  const others = activeId === null ? stage.cards : stage.cards.filter(({ id }) => id !== activeId);
  const slots = others.length + (gap === -1 ? 0 : 1);

  const { first, end, reveal } = useRowsInView(body, {
    count: slots,
    rowHeight: cardPitch,
    heightOnServer: 880,
  });
  const last = end - 1;
  const isWhole = stage.cards.length >= stage.count;
  const { onMore } = actions;
  useEffect(() => {
    if (!isWhole && last >= slots - readAhead) onMore(stage.id);
  }, [isWhole, last, slots, onMore, stage.id]);

  // carried by keys, the place is brought into view
  const followed = drag?.mode === 'keyboard' ? gap : -1;
  useEffect(() => {
    if (followed >= 0) reveal(followed);
  }, [followed, reveal]);

  /** Moves the focus to a card of this column, which may have to be drawn first. */
  function focusCard(index: number) {
    const card = others[index];
    if (!card) return;
    reveal(index);
    requestAnimationFrame(() => document.getElementById(`card-${card.id}`)?.focus());
  }
  function onKeyDown(event: KeyboardEvent) {
    const target = event.target instanceof Element ? event.target.closest('[data-card]') : null;
    const id = target?.getAttribute('data-card');
    const index = others.findIndex((card) => card.id === id);
    const card = others[index];
    if (event.defaultPrevented || store.get() || event.metaKey || event.ctrlKey || event.altKey || !card)
      return;
    switch (event.key) {
      case 'Enter':
        actions.onOpen(card);
        break;
      case 'ArrowDown':
      case 'j':
        focusCard(index + 1);
        break;
      case 'ArrowUp':
      case 'k':
        focusCard(index - 1);
        break;
      case 'Home':
        focusCard(0);
        break;
      case 'End':
        focusCard(others.length - 1);
        break;
      case 'ArrowLeft':
        actions.onLeave(stage.id, -1, index);
        break;
      case 'ArrowRight':
        actions.onLeave(stage.id, 1, index);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  // Only a card that the place has just passed slides out of its way: each that slides is a layer of its own for as long, and a
  // column that makes room all at once would be a picture late.
  const before = gap === -1 ? null : (drag?.before ?? null);
  const slidesTo = (slot: number) =>
    before !== null &&
    Math.abs(gap - before) <= mostSliding &&
    slot >= Math.min(gap, before) &&
    slot <= Math.max(gap, before);

  // In the order of the cards, so that nothing is moved in the document: a touch ends with the element that it began on.
  // The card that is carried stays there for the same reason, unseen.
  const shown: Drawn[] = [];
  for (let slot = first; slot < end; slot += 1) {
    const card = slot === gap ? undefined : others[slot - (gap !== -1 && slot > gap ? 1 : 0)];
    if (card) shown.push({ card, start: startOf(slot), slides: slidesTo(slot) });
  }
  const carried = drag && drag.card.stage_id === stage.id ? drag.card : null;
  const stop = shown.find(({ card }) => card.id === openId) ?? shown[0];
  const drawn = carried ? withCarried(shown, carried, stage.cards) : shown;

  return (
    <section
      aria-label={stage.name}
      data-stage={stage.id}
      className="flex h-full w-[280px] shrink-0 snap-start flex-col max-md:w-[84vw]"
    >
      <ColumnHead stage={stage} />
      <ul
        ref={body}
        data-column-body
        tabIndex={stage.cards.length === 0 ? 0 : undefined}
        aria-label={`Cards in ${stage.name}`}
        className={cn(
          'relative min-h-0 flex-1 overflow-y-auto overflow-x-hidden rounded-lg [scrollbar-width:thin]',
          gap !== -1 && 'bg-muted',
        )}
        onKeyDown={onKeyDown}
      >
        <li aria-hidden className="pointer-events-none" style={{ height: startOf(slots) + 24 }} />
        {drawn.map(({ card, start, slides }) => {
          const isCarried = card === carried;
          return (
            <li
              key={card.id}
              className={cn(
                'absolute inset-x-1 top-0',
                isCarried && 'pointer-events-none opacity-0',
                slides && 'transition-transform duration-150 ease-out',
              )}
              style={{ height: cardHeight, transform: `translateY(${start}px)` }}
            >
              <DraggableCard
                card={card}
                stage={stage}
                kit={kit}
                isOpen={card.id === openId}
                hasLanded={card.id === landedId}
                isStop={card.id === stop?.card.id}
                onOpen={actions.onOpen}
              />
            </li>
          );
        })}
        {gap !== -1 && drag ? (
          <li
            key="gap"
            aria-hidden
            className="absolute inset-x-1 top-0"
            style={{ height: cardHeight, transform: `translateY(${startOf(gap)}px)` }}
          >
            {drag.mode === 'keyboard' ? (
              <div className="h-full rounded-lg shadow-float outline-2 outline-ring">
                <CardFace card={drag.card} stage={stage} kit={kit} />
              </div>
            ) : (
              <div className="h-full rounded-lg border border-control border-dashed bg-accent" />
            )}
          </li>
        ) : null}
        {stage.count === 0 && gap === -1 ? (
          <li className="absolute inset-x-1 top-0.5 rounded-lg border border-dashed px-3 py-6 text-center text-muted-foreground text-xs">
            No cards
          </li>
        ) : null}
      </ul>
    </section>
  );
});

/** A card, how far below the column's top it stands, in pixels, and whether it is seen going there. */
type Drawn = { card: BoardCard; start: number; slides: boolean };
const startOf = (slot: number) => columnPadding + slot * cardPitch;

/**
 * What is drawn, with the carried card at its own place in the order of the cards, and where it stood: what floats under the
 * pointer is placed by that.
 */
function withCarried(shown: readonly Drawn[], carried: BoardCard, cards: readonly BoardCard[]): Drawn[] {
  const order = new Map(cards.map(({ id }, index) => [id, index]));
  const own = order.get(carried.id) ?? 0;
  const at = shown.findIndex(({ card }) => (order.get(card.id) ?? 0) > own);
  const place = at === -1 ? shown.length : at;
  return [
    ...shown.slice(0, place),
    { card: carried, start: startOf(own), slides: false },
    ...shown.slice(place),
  ];
}

function ColumnHead({ stage }: { stage: BoardStage }) {
  const Icon = stage.result === 'won' ? CircleCheck : stage.result === 'lost' ? CircleSlash : null;
  return (
    <header className="flex h-9 shrink-0 items-center gap-2 px-2">
      {Icon ? <Icon aria-hidden className="size-3.5 text-muted-foreground" /> : null}
      <h2 className="truncate font-medium text-sm">{stage.name}</h2>
      <span className="text-muted-foreground text-xs tabular-nums" data-testid="stage-count">
        {formatNumber(stage.count)}
        <span className="sr-only">{stage.count === 1 ? ' card' : ' cards'}</span>
      </span>
      {stage.sla_days !== null && stage.result === 'open' ? (
        <Tooltip content={`Cards move on within ${stage.sla_days} days`}>
          <span className="ml-auto inline-flex items-center gap-1 text-muted-foreground text-xs tabular-nums">
            <Clock aria-hidden className="size-3" />
            <span className="sr-only">Time limit </span>
            {stage.sla_days} d
          </span>
        </Tooltip>
      ) : null}
    </header>
  );
}

const DraggableCard = memo(function DraggableCard({
  card,
  stage,
  kit,
  isOpen,
  hasLanded,
  isStop,
  onOpen,
}: {
  card: BoardCard;
  stage: Pick<BoardStage, 'sla_days' | 'result'>;
  kit: CardKit;
  isOpen: boolean;
  hasLanded: boolean;
  isStop: boolean;
  onOpen: (card: BoardCard) => void;
}) {
  const { setNodeRef, listeners } = useDraggable({ id: card.id, data: { card } });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button takes the space bar, which picks the card up
    // biome-ignore lint/a11y/useKeyWithClickEvents: the column answers to the keys of its cards
    <div
      ref={setNodeRef}
      id={`card-${card.id}`}
      data-card={card.id}
      role="button"
      tabIndex={isStop ? 0 : -1}
      aria-describedby="board-help"
      aria-current={isOpen || undefined}
      className={cn(
        'group/card h-full select-none rounded-lg [-webkit-touch-callout:none] [touch-action:manipulation]',
        isOpen && '[&>div]:border-ring [&>div]:bg-selected',
        hasLanded && 'animate-[card-lands_150ms_var(--ease-out)]',
      )}
      onClick={() => onOpen(card)}
      {...listeners}
    >
      <CardFace card={card} stage={stage} kit={kit} />
    </div>
  );
});
