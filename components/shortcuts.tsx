'use client';

import dynamic from 'next/dynamic';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

/** A shortcut that is active now, as the map lists it. */
export type Shortcut = { id: number; key: string; label: string; group: string };

type Entry = Shortcut & { run: (event: KeyboardEvent) => void; anywhere: boolean };

const SEQUENCE_WITHIN_MS = 900;
const NOTHING: readonly Shortcut[] = [];

let entries: readonly Entry[] = [];
let nextId = 1;
let prefix = '';
let prefixAt = 0;
const listeners = new Set<() => void>();

const ShortcutMap = dynamic(() => import('./shortcut-map').then((module) => module.ShortcutMap), {
  ssr: false,
});

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  );
}

/** A window, menu or list of options is open and owns the keyboard. */
function isCovered(target: EventTarget | null): boolean {
  if (
    target instanceof Element &&
    target.closest('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]')
  ) {
    return true;
  }
  return (
    document.querySelector('[role=dialog][data-state=open],[role=alertdialog][data-state=open]') !== null
  );
}

/** `mod` is Cmd on a Mac and Ctrl elsewhere; a shifted character counts as itself (`?`). */
function pressed(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${event.metaKey || event.ctrlKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${key}`;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const key = pressed(event);
  const pressesControl =
    key === 'Enter' &&
    event.target instanceof Element &&
    event.target.closest('a,button,summary,[role=button]');
  const blocked = isTyping(event.target) || isCovered(event.target) || Boolean(pressesControl);
  const sequence = prefix && event.timeStamp - prefixAt < SEQUENCE_WITHIN_MS ? `${prefix} ${key}` : '';
  prefix = '';
  // The latest wins: a panel's `e` comes before the list's behind it.
  const find = (wanted: string) =>
    entries.findLast((entry) => entry.key === wanted && (entry.anywhere || !blocked));
  const match = (sequence && find(sequence)) || find(key);
  if (match) {
    event.preventDefault();
    match.run(event);
    return;
  }
  if (!blocked && entries.some((entry) => entry.key.startsWith(`${key} `))) {
    prefix = key;
    prefixAt = event.timeStamp;
  }
}

function change(next: readonly Entry[]): void {
  if (entries.length === 0 && next.length > 0) window.addEventListener('keydown', onKeyDown);
  if (entries.length > 0 && next.length === 0) window.removeEventListener('keydown', onKeyDown);
  entries = next;
  for (const listener of listeners) listener();
}

/**
 * Binds a key while the component is mounted and lists it in the map that `?` opens.
 * @param key a key (`j`, `?`, `Enter`), with `mod+` for Cmd or Ctrl, or a sequence (`g p`)
 * @param label what it does, as the map words it
 * @param run called on the press; the newest render's closure is used
 * @param options `group` heading in the map; `enabled`; `anywhere` also while typing or in a dialog
 */
export function useShortcut(
  key: string,
  label: string,
  run: (event: KeyboardEvent) => void,
  options: { group?: string; enabled?: boolean; anywhere?: boolean } = {},
): void {
  const { group = 'General', enabled = true, anywhere = false } = options;
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const id = nextId++;
    change([...entries, { id, key, label, group, anywhere, run: (event) => latest.current(event) }]);
    return () => change(entries.filter((entry) => entry.id !== id));
  }, [key, label, group, enabled, anywhere]);
}

/** The shortcuts active now, newest last. */
export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => entries,
    () => NOTHING,
  );
}

/** Binds `?` to the map of shortcuts. Mounted once, by the shell. */
export function ShortcutHelp() {
  const [open, setOpen] = useState(false);
  useShortcut('?', 'Show this map', () => setOpen(true));
  return open ? <ShortcutMap onClose={() => setOpen(false)} /> : null;
}
