'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';

/** The side of the anchor on which a floating element would rather stand. */
export type FloatingSide = 'top' | 'bottom' | 'right';

const MARGIN_PX = 8;

/**
 * Places a fixed element beside an anchor: on the wished side, on the opposite one where there is no room, and
 * always inside the window. Radix's popper does far more and weighs 20 kB, too much for a tooltip on every page.
 * @param open whether the element is shown; nothing is measured otherwise
 * @param gapPx distance from the anchor in CSS pixels
 * @returns the style to put on the element; invisible until measured
 */
export function useFloatingPosition(
  open: boolean,
  anchor: RefObject<HTMLElement | null>,
  element: RefObject<HTMLElement | null>,
  side: FloatingSide,
  align: 'start' | 'center',
  gapPx: number,
): { position: 'fixed'; transition: 'none'; left: number; top: number; visibility?: 'hidden' } {
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const from = anchor.current;
    const box = element.current;
    if (!open || !from || !box) {
      setPlace(null);
      return;
    }
    const update = () => {
      const a = from.getBoundingClientRect();
      const width = box.offsetWidth;
      const height = box.offsetHeight;
      let left = align === 'start' ? a.left : a.left + a.width / 2 - width / 2;
      let top = side === 'top' ? a.top - height - gapPx : a.bottom + gapPx;
      if (side === 'right') {
        left = a.right + gapPx;
        top = a.top + a.height / 2 - height / 2;
        if (left + width > innerWidth - MARGIN_PX) left = a.left - gapPx - width;
      } else if (side === 'top' && top < MARGIN_PX) top = a.bottom + gapPx;
      else if (side === 'bottom' && top + height > innerHeight - MARGIN_PX) top = a.top - height - gapPx;
      setPlace({
        left: Math.max(MARGIN_PX, Math.min(left, innerWidth - width - MARGIN_PX)),
        top: Math.max(MARGIN_PX, Math.min(top, innerHeight - height - MARGIN_PX)),
      });
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(box);
    addEventListener('scroll', update, { capture: true, passive: true });
    addEventListener('resize', update);
    return () => {
      observer.disconnect();
      removeEventListener('scroll', update, { capture: true });
      removeEventListener('resize', update);
    };
  }, [open, anchor, element, side, align, gapPx]);
  // the length given to its appearing is one of transitions too: it would fly in from the corner where it was measured
  const still = { position: 'fixed', transition: 'none' } as const;
  return place ? { ...still, ...place } : { ...still, left: 0, top: 0, visibility: 'hidden' };
}
