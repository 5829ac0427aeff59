'use client';

import { useEffect, useEffectEvent, useState } from 'react';

const isField = (target: Element | null) =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLElement && target.isContentEditable);

/** A field or a window is open: whoever is in it isn't waiting for the next number. */
const isBusy = () =>
  isField(document.activeElement) || document.querySelector('[role=dialog],[role=alertdialog]') !== null;

/** Keys that don't write anything; all others are typing. */
const quiet: ReadonlySet<string> = new Set([
  'n',
  's',
  'z',
  'Enter',
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'Tab',
  'Escape',
  '.',
]);

/**
 * Counts down while it is wanted, and waits for whoever types: a key, an open field or an open window stops it for good.
 * @param isWanted starts it anew each time it turns true
 * @returns whole seconds left, null while nothing counts; and what stops it
 */
export function useCountdown(isWanted: boolean, seconds: number, onEnd: () => void) {
  const [left, setLeft] = useState<number | null>(null);
  const end = useEffectEvent(onEnd);

  useEffect(() => setLeft(isWanted ? seconds : null), [isWanted, seconds]);

  useEffect(() => {
    if (left === null) return;
    if (left <= 0) {
      setLeft(null);
      end();
      return;
    }
    const timer = setTimeout(() => {
      if (isBusy()) setLeft(null);
      else setLeft((before) => (before === null ? null : before - 1));
    }, 1000);
    return () => clearTimeout(timer);
  }, [left]);

  const isCounting = left !== null;
  useEffect(() => {
    if (!isCounting) return;
    const onKey = (event: KeyboardEvent) => {
      if (!quiet.has(event.key)) setLeft(null);
    };
    const onFocus = (event: FocusEvent) => {
      if (isField(event.target as Element)) setLeft(null);
    };
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('focusin', onFocus);
    };
  }, [isCounting]);

  return { left, stop: () => setLeft(null) };
}
