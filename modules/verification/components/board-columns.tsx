'use client';

import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardCode,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Board, BoardCard } from '../domain';
import { BoardColumn, type ColumnActions, columnPadding } from './board-column';
import { CardFace, type CardKit, cardHeight, cardPitch } from './card-face';
import { type ColumnPlace, keepPlaces } from './column-places';
import { createDragStore } from './drag-store';
import type { BoardMove } from './use-board';

/** Near an edge the board scrolls under a carried card, faster the nearer: pixels, and pixels a millisecond. */
const edge = 64;
const mostPerMs = 1.1;
/** How much of the time since the last frame counts, at most: a screen that stood still must not leap, in milliseconds. */
const longestFrameMs = 100;
const pushOf = (distance: number, elapsedMs: number) =>
  distance < edge ? Math.ceil((1 - Math.max(0, distance) / edge) * mostPerMs * elapsedMs) : 0;

const noCollisions = () => [];
const silent = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
};

const bodyOf = (box: HTMLElement | null, stageId: string) =>
  box?.querySelector<HTMLElement>(`[data-stage="${stageId}"] [data-column-body]`) ?? null;
const nameOf = (board: Board, stageId: string) =>
  board.stages.find(({ id }) => id === stageId)?.name ?? 'the stage';

/** The stages side by side, with their cards to be carried by mouse, by a long touch, and by keys. */
export function BoardColumns({
  board,
  kit,
  openId,
  onOpen,
  onMore,
  onMove,
}: {
  board: Board;
  kit: CardKit;
  openId: string | null;
  onOpen: (card: BoardCard) => void;
  onMore: (stageId: string) => void;
  onMove: (move: BoardMove) => void;
}) {
  const [store] = useState(createDragStore);
  const [places] = useState(keepPlaces);
  const [carried, setCarried] = useState<BoardCard | null>(null);
  const [landedId, setLandedId] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const latest = useRef(board);
  /** A card that keys put into another column has the focus there as soon as it is drawn. */
  const refocus = useRef<{ cardId: string; stageId: string } | null>(null);
  useEffect(() => {
    latest.current = board;
    places.forget();
    const { cardId, stageId } = refocus.current ?? {};
    if (!cardId || !stageId) return;
    const card = bodyOf(scroller.current, stageId)?.querySelector<HTMLElement>(`[data-card="${cardId}"]`);
    if (!card) return;
    refocus.current = null;
    card.focus();
  });
  /** Where the pointer is, in the window; null while keys carry the card. */
  const pointer = useRef<{ x: number; y: number } | null>(null);
  const frame = useRef(0);
  /** When the board was last scrolled under the card, as frames are stamped. */
  const lastFrame = useRef(0);

  const cardsWithout = useCallback(
    (stageId: string, cardId: string) =>
      latest.current.stages.find(({ id }) => id === stageId)?.cards.filter(({ id }) => id !== cardId) ?? [],
    [],
  );

  /** Takes the place under the pointer: cards are of one height, so it is arithmetic. */
  const follow = useCallback(() => {
    const drag = store.get();
    const at = pointer.current;
    const box = scroller.current;
    if (!drag || !at || !box) return;
    let nearest: ColumnPlace | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const column of places.of(box).columns) {
      const { left, right } = column.rect;
      const distance = at.x < left ? left - at.x : Math.max(0, at.x - right);
      if (distance < least) [nearest, least] = [column, distance];
    }
    if (!nearest) return;
    const { stageId, rect, scrollTop } = nearest;
    const slot = Math.floor((at.y - rect.top + scrollTop - columnPadding) / cardPitch);
    const count = cardsWithout(stageId, drag.card.id).length;
    store.set({ ...drag, stageId, index: Math.max(0, Math.min(slot, count)) });
  }, [cardsWithout, places, store]);

  /** Scrolls what the pointer is near the edge of, for as long as it is there. */
  const pull = useCallback(
    (frameAt: number) => {
      const elapsed = Math.min(Math.max(frameAt - lastFrame.current, 0), longestFrameMs);
      lastFrame.current = frameAt;
      const drag = store.get();
      const at = pointer.current;
      const box = scroller.current;
      if (!drag || !at || !box) return;
      const { rect: frameOf, columns } = places.of(box);
      const sideways = pushOf(frameOf.right - at.x, elapsed) - pushOf(at.x - frameOf.left, elapsed);
      if (sideways !== 0) box.scrollLeft += sideways;
      const column = columns.find(({ stageId }) => stageId === drag.stageId);
      const up = column
        ? pushOf(column.rect.bottom - at.y, elapsed) - pushOf(at.y - column.rect.top, elapsed)
        : 0;
      if (column && up !== 0) column.body.scrollTop += up;
      if (sideways !== 0 || up !== 0) {
        places.forget();
        follow();
      }
      frame.current = requestAnimationFrame(pull);
    },
    [follow, places, store],
  );

  /** The pointer as the window sees it: what dnd-kit tells is moved along with whatever scrolls meanwhile. */
  const watch = useCallback((event: MouseEvent | TouchEvent) => {
    const at = 'touches' in event ? event.touches[0] : event;
    if (at) pointer.current = { x: at.clientX, y: at.clientY };
  }, []);
  const unwatch = useCallback(() => {
    cancelAnimationFrame(frame.current);
    window.removeEventListener('mousemove', watch, true);
    window.removeEventListener('touchmove', watch, true);
    window.removeEventListener('scroll', places.forget, true);
    window.removeEventListener('resize', places.forget);
  }, [places, watch]);

  const stopCarrying = useCallback(() => {
    unwatch();
    pointer.current = null;
    store.set(null);
    setCarried(null);
  }, [store, unwatch]);
  useEffect(() => unwatch, [unwatch]);

  /** Arrow keys take the card from place to place. */
  const byKeys = useCallback<KeyboardCoordinateGetter>(
    (event) => {
      const drag = store.get();
      if (!drag) return undefined;
      const { stages } = latest.current;
      const column = stages.findIndex(({ id }) => id === drag.stageId);
      const go = (step: number) => {
        const stage = stages[column + step];
        if (!stage) return null;
        const count = cardsWithout(stage.id, drag.card.id).length;
        return { stageId: stage.id, index: Math.min(drag.index, count) };
      };
      const count = cardsWithout(drag.stageId, drag.card.id).length;
      const next =
        event.code === KeyboardCode.Left
          ? go(-1)
          : event.code === KeyboardCode.Right
            ? go(1)
            : event.code === KeyboardCode.Up
              ? { stageId: drag.stageId, index: Math.max(0, drag.index - 1) }
              : event.code === KeyboardCode.Down
                ? { stageId: drag.stageId, index: Math.min(count, drag.index + 1) }
                : null;
      if (!next) return undefined;
      event.preventDefault();
      store.set({ ...drag, ...next });
      scroller.current
        ?.querySelector(`[data-stage="${next.stageId}"]`)
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const total = cardsWithout(next.stageId, drag.card.id).length + 1;
      setSaid(`${nameOf(latest.current, next.stageId)}, place ${next.index + 1} of ${total}`);
      // the place is drawn in the column itself: nothing floats that would have to be moved
      return undefined;
    },
    [cardsWithout, store],
  );

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: byKeys,
      keyboardCodes: {
        start: [KeyboardCode.Space],
        cancel: [KeyboardCode.Esc],
        end: [KeyboardCode.Space, KeyboardCode.Enter],
      },
    }),
  );

  function onDragStart({ active, activatorEvent }: DragStartEvent) {
    const card = active.data.current?.card as BoardCard | undefined;
    if (!card) return;
    const cards = latest.current.stages.find(({ id }) => id === card.stage_id)?.cards ?? [];
    const index = cards.findIndex(({ id }) => id === card.id);
    const mode = activatorEvent instanceof KeyboardEvent ? 'keyboard' : 'pointer';
    store.set({ card, mode, stageId: card.stage_id, index });
    if (mode === 'keyboard') {
      setSaid(
        `Picked up ${card.property.name}. ${nameOf(latest.current, card.stage_id)}, place ${index + 1} of ${cards.length}. Arrow keys carry it, Space puts it down, Escape puts it back.`,
      );
      return;
    }
    setCarried(card);
    if (activatorEvent instanceof MouseEvent || 'touches' in activatorEvent)
      watch(activatorEvent as MouseEvent | TouchEvent);
    // before dnd-kit hears of it, so that a move is followed from where it went
    window.addEventListener('mousemove', watch, true);
    window.addEventListener('touchmove', watch, { capture: true, passive: true });
    window.addEventListener('scroll', places.forget, { capture: true, passive: true });
    window.addEventListener('resize', places.forget);
    places.forget();
    lastFrame.current = performance.now();
    frame.current = requestAnimationFrame(pull);
  }

  function onDragEnd({ active }: DragEndEvent) {
    const drag = store.get();
    stopCarrying();
    if (!drag || drag.card.id !== active.id) return;
    const { card, stageId, index, mode } = drag;
    const cards = latest.current.stages.find(({ id }) => id === card.stage_id)?.cards ?? [];
    const isSame = stageId === card.stage_id && cards.findIndex(({ id }) => id === card.id) === index;
    setSaid(
      isSame
        ? `${card.property.name} stays where it was`
        : `${card.property.name} put into ${nameOf(latest.current, stageId)}`,
    );
    setLandedId(card.id);
    if (mode === 'keyboard') refocus.current = { cardId: card.id, stageId };
    if (!isSame) onMove({ card, stageId, index });
  }

  function onDragCancel() {
    const drag = store.get();
    stopCarrying();
    if (!drag) return;
    setSaid(`${drag.card.property.name} is back in ${nameOf(latest.current, drag.card.stage_id)}`);
    if (drag.mode === 'keyboard')
      requestAnimationFrame(() => document.getElementById(`card-${drag.card.id}`)?.focus());
  }

  const actions = useMemo<ColumnActions>(
    () => ({
      onOpen,
      onMore,
      onLeave: (stageId, step, index) => {
        const { stages } = latest.current;
        let at = stages.findIndex(({ id }) => id === stageId) + step;
        while (stages[at] && stages[at]?.cards.length === 0) at += step;
        const body = bodyOf(scroller.current, stages[at]?.id ?? '');
        const cards = body ? [...body.querySelectorAll<HTMLElement>('[data-card]')] : [];
        cards[Math.min(index, cards.length - 1)]?.focus();
      },
    }),
    [onOpen, onMore],
  );

  const carriedStage = board.stages.find(({ id }) => id === carried?.stage_id);
  return (
    <DndContext
      id="board"
      sensors={sensors}
      collisionDetection={noCollisions}
      autoScroll={false}
      accessibility={{
        announcements: silent,
        restoreFocus: false,
        screenReaderInstructions: { draggable: '' },
      }}
      onDragStart={onDragStart}
      onDragMove={follow}
      onDragEnd={onDragEnd}
      onDragCancel={onDragCancel}
    >
      <p id="board-help" className="sr-only">
        Enter opens the card. Space picks it up, arrow keys carry it, Space puts it down, Escape puts it back.
      </p>
      <p role="status" className="sr-only" data-testid="board-said">
        {said}
      </p>
      <div
        ref={scroller}
        data-testid="board"
        className="relative flex min-h-0 flex-1 gap-2 overflow-x-auto px-5 pt-1 pb-3 max-md:snap-x max-md:snap-mandatory max-md:scroll-px-4 max-md:px-4"
        style={carried ? { scrollSnapType: 'none' } : undefined}
      >
        {board.stages.map((stage) => (
          <BoardColumn
            key={stage.id}
            stage={stage}
            kit={kit}
            store={store}
            openId={openId}
            landedId={landedId}
            actions={actions}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {carried && carriedStage ? (
          <div
            data-carried
            className="h-full cursor-grabbing rounded-lg shadow-float [&>div]:rotate-1 [&>div]:bg-popover"
            style={{ height: cardHeight }}
          >
            <CardFace card={carried} stage={carriedStage} kit={kit} />
          </div>
        ) : null}
      </DragOverlay>
    </DndContext>
  );
}
