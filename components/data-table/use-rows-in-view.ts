'use client';

import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

/** Rows drawn beyond each edge of the view, so that a scroll does not outrun them. */
const SPARE_ROWS = 8;

/**
 * Which rows of a scrolling box are in view, so that a list of thousands draws a few dozen. Every row is as tall as the
 * next, so this is arithmetic and nothing is measured.
 * @param count rows there are
 * @param rowHeight in CSS pixels
 * @param headHeight of what stays at the top of the box while rows pass under it, in CSS pixels
 * @param heightOnServer the box's height, in CSS pixels, that the server takes for granted
 * @returns the first row to draw and the one after the last, and `reveal`, which scrolls just far enough to a row
 */
export function useRowsInView(
  box: RefObject<HTMLElement | null>,
  {
    count,
    rowHeight,
    headHeight = 0,
    heightOnServer,
  }: { count: number; rowHeight: number; headHeight?: number; heightOnServer: number },
): { first: number; end: number; reveal: (index: number) => void } {
  const [range, setRange] = useState({ first: 0, end: Math.ceil(heightOnServer / rowHeight) + SPARE_ROWS });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const update = () => {
      const { scrollTop, clientHeight } = element;
      const first = Math.max(0, Math.floor(scrollTop / rowHeight) - SPARE_ROWS);
      const end = Math.ceil((scrollTop + clientHeight - headHeight) / rowHeight) + SPARE_ROWS;
      setRange((now) => (now.first === first && now.end === end ? now : { first, end }));
    };
    update();
    element.addEventListener('scroll', update, { passive: true });
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', update);
      observer.disconnect();
    };
  }, [box, rowHeight, headHeight]);

  const reveal = useCallback(
    (index: number) => {
      const element = box.current;
      if (!element) return;
      const top = index * rowHeight;
      const bottom = top + rowHeight + headHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight)
        element.scrollTop = bottom - element.clientHeight;
    },
    [box, rowHeight, headHeight],
  );

  // A list that became shorter is drawn to its end; the browser then scrolls back, and the range follows.
  const end = Math.min(range.end, count);
  return { first: Math.min(range.first, end), end, reveal };
}
