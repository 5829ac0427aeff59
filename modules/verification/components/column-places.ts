/** A column in the window: where it is, and how far its cards are scrolled. */
export type ColumnPlace = { stageId: string; body: HTMLElement; rect: DOMRect; scrollTop: number };

/** Where a board and its columns are in the window. */
export type BoardPlaces = { rect: DOMRect; columns: ColumnPlace[] };

/**
 * Where things are, measured once and kept until they have moved: asking the document makes it lay itself out anew, which
 * for every move of a pointer is a part of a picture's time.
 */
export type KeptPlaces = {
  /** @param box what holds the columns and scrolls sideways */
  of: (box: HTMLElement) => BoardPlaces;
  /** What scrolls, resizes or draws columns says so. */
  forget: () => void;
};

/** Places of one board. */
export function keepPlaces(): KeptPlaces {
  let kept: BoardPlaces | null = null;
  return {
    of: (box) => {
      kept ??= { rect: box.getBoundingClientRect(), columns: columnsIn(box) };
      return kept;
    },
    forget: () => {
      kept = null;
    },
  };
}

function columnsIn(box: HTMLElement): ColumnPlace[] {
  const columns: ColumnPlace[] = [];
  for (const body of box.querySelectorAll<HTMLElement>('[data-column-body]')) {
    const stageId = body.parentElement?.dataset.stage;
    if (stageId)
      columns.push({ stageId, body, rect: body.getBoundingClientRect(), scrollTop: body.scrollTop });
  }
  return columns;
}
