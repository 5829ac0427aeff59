'use client';

import { useMemo } from 'react';
import { type Shortcut, useActiveShortcuts } from './shortcuts';
import { Dialog, DialogBody, DialogContent, DialogDescription, DialogHeader, DialogTitle } from './ui/dialog';
import { Kbd } from './ui/kbd';

const NAMES: Record<string, string> = { Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓' };

/** Splits `mod+k` and `g p` into the keys as they are printed. */
function keysOf(key: string): string[] {
  const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);
  return key
    .split(/[ +]/)
    .filter(Boolean)
    .map((part) => {
      if (part === 'mod') return isMac ? '⌘' : 'Ctrl';
      return NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    });
}

/** Every shortcut that works on this page now, by group. Loaded on the first press of `?`. */
export function ShortcutMap({ onClose }: { onClose: () => void }) {
  const shortcuts = useActiveShortcuts();
  const groups = useMemo(() => {
    const byGroup = new Map<string, Map<string, Shortcut>>();
    for (const shortcut of shortcuts) {
      const group = byGroup.get(shortcut.group) ?? new Map<string, Shortcut>();
      // The newest binding of a key is the one that runs.
      byGroup.set(shortcut.group, group.set(shortcut.key, shortcut));
    }
    return [...byGroup];
  }, [shortcuts]);

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-xl">
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogDescription>What works on this page. Keys are ignored while you type.</DialogDescription>
        </DialogHeader>
        <DialogBody className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {groups.map(([group, items]) => (
            <section key={group}>
              <h3 className="mb-1 font-medium text-muted-foreground text-xs">{group}</h3>
              <dl>
                {[...items.values()].map((shortcut) => (
                  <div key={shortcut.id} className="flex h-8 items-center justify-between gap-4 text-sm">
                    <dt>{shortcut.label}</dt>
                    <dd className="flex gap-1">
                      {keysOf(shortcut.key).map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
