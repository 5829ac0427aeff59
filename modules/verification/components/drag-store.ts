import { useSyncExternalStore } from 'react';
import type { BoardCard } from '../domain';

/** A card on its way, and where it would land now. `index` counts the stage's cards without it. */
export type Drag = {
  card: BoardCard;
  mode: 'pointer' | 'keyboard';
  stageId: string;
  index: number;
  /** Where it would have landed in this stage before; null where it has only just come into it. */
  before: number | null;
};

/** What is being dragged, outside React's tree: a move draws the two columns it concerns, and no others. */
export type DragStore = {
  get: () => Drag | null;
  set: (next: Omit<Drag, 'before'> | null) => void;
  subscribe: (listener: () => void) => () => void;
};

/** A store for one board. */
export function createDragStore(): DragStore {
  let drag: Drag | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => drag,
    set: (next) => {
      const isSame =
        next !== null && drag !== null && next.stageId === drag.stageId && next.index === drag.index;
      if (isSame && next.card === drag?.card) return;
      drag = next && { ...next, before: drag?.stageId === next.stageId ? drag.index : null };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const nothing = () => null;

/** The drag as far as it concerns a column: it left from there, or would land there. */
export function useDragIn(store: DragStore, stageId: string): Drag | null {
  return useSyncExternalStore(
    store.subscribe,
    () => {
      const drag = store.get();
      return drag && (drag.stageId === stageId || drag.card.stage_id === stageId) ? drag : null;
    },
    nothing,
  );
}
