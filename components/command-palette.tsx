'use client';

import type { LucideIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { navigation, settingsItem } from './navigation';
import { Command, CommandGroup, CommandInput, CommandItem, CommandList } from './ui/command';
import { Dialog, DialogContent, DialogTitle } from './ui/dialog';
import { Kbd } from './ui/kbd';

/** One thing that can be found or done. It leads to `href` or runs `run`. */
export type PaletteItem = {
  id: string;
  label: string;
  /** The part that tells namesakes apart: organization, address, the number that matched. */
  detail?: string;
  icon?: LucideIcon;
  href?: string;
  run?: () => void;
  /** Keys printed at the right. */
  hint?: string;
  /** Other words a command answers to. */
  keywords?: readonly string[];
};
/** Items under one heading. */
export type PaletteGroup = { heading: string; items: readonly PaletteItem[] };
/** Finds records by any fragment; rejects when the look-up failed. `signal` aborts when the query moved on. */
export type PaletteSearch = (query: string, signal: AbortSignal) => Promise<readonly PaletteGroup[]>;

type Found = {
  query: string;
  groups: readonly PaletteGroup[];
  state: 'idle' | 'loading' | 'done' | 'failed';
};

const destinations = [...navigation.flatMap((group) => group.items), settingsItem];
/** What a destination's list makes, by its address, where it makes something at `?new=1`. */
const makes: Readonly<Record<string, string>> = {
  '/campaigns': 'campaign',
  '/people': 'person',
  '/organizations': 'organization',
  '/properties': 'property',
};
/** What can be done without a look-up: go somewhere, or make something. */
const commands: readonly PaletteGroup[] = [
  {
    heading: 'Go to',
    items: destinations.map(({ href, label, icon, goKey }) => ({
      id: href,
      label,
      icon,
      href,
      hint: `G ${goKey.toUpperCase()}`,
    })),
  },
  {
    heading: 'New',
    items: destinations
      .filter(({ href }) => href in makes)
      .map(({ href, icon }) => ({
        id: `${href}?new=1`,
        label: `New ${makes[href]}`,
        icon,
        href: `${href}?new=1`,
      })),
  },
];

const DEBOUNCE_MS = 120;
const NOTHING: Found = { query: '', groups: [], state: 'idle' };

/** Commands whose label or keywords contain every typed word. */
function matching(query: string): readonly PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands;
  return commands
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => {
        const text = [item.label, ...(item.keywords ?? [])].join(' ').toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.items.length > 0);
}

/** Search and commands in one window, opened with Cmd/Ctrl-K or `/`. Loaded on first use. */
export function CommandPalette({
  open,
  onOpenChange,
  search,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  search?: PaletteSearch;
}) {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found>(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const trimmed = query.trim();

  // biome-ignore lint/correctness/useExhaustiveDependencies: attempt starts the same look-up again
  useEffect(() => {
    if (!search || trimmed === '') {
      setFound(NOTHING);
      return;
    }
    const controller = new AbortController();
    // What was found for the last letters stays until the new answer is there: no flicker while typing.
    setFound((last) => ({ ...last, state: 'loading' }));
    const timer = setTimeout(() => {
      search(trimmed, controller.signal).then(
        (groups) => {
          if (!controller.signal.aborted) setFound({ query: trimmed, groups, state: 'done' });
        },
        () => {
          if (!controller.signal.aborted) setFound({ query: trimmed, groups: [], state: 'failed' });
        },
      );
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [search, trimmed, attempt]);

  function close() {
    onOpenChange(false);
    setQuery('');
  }
  function choose(item: PaletteItem) {
    close();
    if (item.href) router.push(item.href);
    item.run?.();
  }

  const shownCommands = matching(trimmed);
  const records = found.groups.filter((group) => group.items.length > 0);
  const isEmpty = records.length === 0 && shownCommands.length === 0;

  return (
    <Dialog open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <DialogContent
        hideClose
        aria-describedby={undefined}
        className="max-w-xl overflow-hidden max-md:top-0 max-md:bottom-auto max-md:max-h-dvh max-md:rounded-t-none"
      >
        <DialogTitle className="sr-only">Search and commands</DialogTitle>
        <Command shouldFilter={false} loop label="Search and commands">
          <CommandInput
            value={query}
            onValueChange={setQuery}
            placeholder="A name, e-mail, phone, organization or address"
            wrapperClassName="h-12"
            className="text-base"
          />
          <div role="status" className="sr-only">
            {found.state === 'done'
              ? `${records.reduce((sum, group) => sum + group.items.length, 0)} found`
              : ''}
          </div>
          <div aria-hidden className="h-px overflow-hidden">
            {found.state === 'loading' ? <div className="h-px w-1/3 animate-pulse bg-primary" /> : null}
          </div>
          <CommandList className="max-h-[min(60dvh,420px)] p-1.5">
            {found.state === 'failed' ? (
              <div role="alert" className="flex items-center justify-between gap-3 px-2 py-3 text-sm">
                <span className="text-destructive-text">The search did not answer.</span>
                <button
                  type="button"
                  className="h-7 rounded-sm px-2 font-medium hover:bg-accent"
                  onClick={() => setAttempt((n) => n + 1)}
                >
                  Try again
                </button>
              </div>
            ) : null}
            {isEmpty && found.state === 'done' ? (
              <p className="px-3 py-8 text-center text-muted-foreground text-sm">
                Nothing matches “{found.query}”. Try part of a name, an e-mail, a phone or an address.
              </p>
            ) : null}
            {[...records, ...shownCommands].map((group) => (
              <CommandGroup key={group.heading} heading={group.heading}>
                {group.items.map((item) => (
                  <PaletteLine
                    key={item.id}
                    value={`${group.heading}/${item.id}`}
                    item={item}
                    onChoose={() => choose(item)}
                  />
                ))}
              </CommandGroup>
            ))}
          </CommandList>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

function PaletteLine({ item, value, onChoose }: { item: PaletteItem; value: string; onChoose: () => void }) {
  const Icon = item.icon;
  return (
    <CommandItem value={value} onSelect={onChoose} className="min-h-9">
      {Icon ? <Icon aria-hidden className="text-muted-foreground" /> : null}
      <span className="shrink-0 truncate max-md:min-w-0 max-md:shrink">{item.label}</span>
      {item.detail ? <span className="min-w-0 truncate text-muted-foreground">{item.detail}</span> : null}
      {item.hint ? (
        <span className="ml-auto flex shrink-0 gap-1 pl-3">
          {item.hint.split(' ').map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      ) : null}
    </CommandItem>
  );
}
