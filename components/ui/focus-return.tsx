'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** From where a window was opened, and where that goes back to: a window may take another's place, whose parts are gone then. */
type Opener = { element: Element | null; before: Opener | null };

/** That of the window that opened last, until a moment after it closed. */
let latest: Opener | null = null;
/** A form that replaces its own skeleton comes within this time; a window that somebody opens next does not. */
const replacedWithinMs = 200;

/** What has the focus now; for an item of a menu, which goes with it, the menu's own button. */
function openerNow(): Opener {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return { element: null, before: latest };
  const menu = focused.closest('[role=menu]');
  const anchor = menu?.id ? document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`) : null;
  const button = anchor?.closest('button') ?? anchor?.parentElement?.querySelector('button');
  return { element: button ?? focused, before: latest };
}

/** Focuses the nearest opener that is still there. */
function giveBack(opener: Opener | null): void {
  const { element, before } = opener ?? {};
  if (element instanceof HTMLElement && element.isConnected) element.focus();
  else if (before) giveBack(before);
}

/** Notes what has the focus before any field of the window takes it. Renders nothing. */
function NoteOpener({ opener }: { opener: RefObject<Opener | null> }) {
  const [noted] = useState(openerNow);
  useLayoutEffect(() => {
    opener.current = noted;
    latest = noted;
    return () => {
      setTimeout(() => {
        if (latest === noted) latest = null;
      }, replacedWithinMs);
    };
  }, [noted, opener]);
  return null;
}

/**
 * Gives the focus back to whatever opened a modal window: Radix knows only openers that are its own triggers, and ours are
 * mounted once they are needed.
 * @param onCloseAutoFocus the window's own handler; where it prevents the default, the focus is its business
 * @returns `note`, the first child of the window's content, and the content's `onCloseAutoFocus`
 */
export function useFocusReturn(onCloseAutoFocus?: (event: Event) => void) {
  const opener = useRef<Opener | null>(null);
  return {
    note: <NoteOpener opener={opener} />,
    onCloseAutoFocus: (event: Event) => {
      onCloseAutoFocus?.(event);
      if (event.defaultPrevented) return;
      event.preventDefault();
      const { activeElement } = document;
      // a panel that opened in the meantime keeps what it took
      if (activeElement && activeElement !== document.body) return;
      giveBack(opener.current);
    },
  };
}

/**
 * Gives the focus back to whatever opened a form that stands in the page itself, once the form goes; a place that has taken
 * the focus by then keeps it.
 */
export function useFocusBack(): void {
  const [opener] = useState(openerNow);
  // not a layout effect: that would run while the form still holds the focus
  useEffect(
    () => () => {
      const { activeElement } = document;
      if (!activeElement || activeElement === document.body) giveBack(opener);
    },
    [opener],
  );
}
