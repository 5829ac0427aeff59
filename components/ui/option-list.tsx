'use client';

import { Check, Plus } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { cn } from '@/lib/utils';
import { Command, CommandGroup, CommandInput, CommandItem, CommandList } from './command';

/** One thing that can be picked. */
export type Option = { value: string; label: string; detail?: string; icon?: ReactNode };
/** Looks options up by what is typed; `signal` aborts when the typing went on. */
export type LoadOptions = (query: string, signal: AbortSignal) => Promise<readonly Option[]>;

const DEBOUNCE_MS = 150;

/**
 * A field over a list: type to narrow, arrows to move, Enter to pick. Options are given or looked up.
 * @param value what is picked now
 * @param onPick called with the picked option; the caller decides whether that adds, removes or replaces
 * @param creatable offers what was typed as a new value when nothing is called exactly so
 */
export function OptionList({
  options,
  loadOptions,
  value,
  onPick,
  multiple = false,
  creatable = false,
  searchable = true,
  placeholder = 'Search',
  label,
  emptyText = 'Nothing found',
}: {
  options?: readonly Option[];
  loadOptions?: LoadOptions;
  value: readonly string[];
  onPick: (option: Option) => void;
  multiple?: boolean;
  creatable?: boolean;
  searchable?: boolean;
  placeholder?: string;
  label: string;
  emptyText?: string;
}) {
  const [query, setQuery] = useState('');
  const [loaded, setLoaded] = useState<readonly Option[]>([]);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>(loadOptions ? 'loading' : 'idle');
  const typed = query.trim();

  useEffect(() => {
    if (!loadOptions) return;
    const controller = new AbortController();
    setState('loading');
    const timer = setTimeout(
      () => {
        loadOptions(typed, controller.signal).then(
          (found) => {
            if (controller.signal.aborted) return;
            setLoaded(found);
            setState('idle');
          },
          () => {
            if (!controller.signal.aborted) setState('failed');
          },
        );
      },
      typed === '' ? 0 : DEBOUNCE_MS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [loadOptions, typed]);

  const known = loadOptions ? loaded : (options ?? []);
  const shown = loadOptions
    ? known
    : known.filter((option) => option.label.toLowerCase().includes(typed.toLowerCase()));
  const canCreate =
    creatable && typed !== '' && !known.some((option) => option.label.toLowerCase() === typed.toLowerCase());

  return (
    <Command shouldFilter={false} loop label={label}>
      {searchable || loadOptions || creatable ? (
        <CommandInput value={query} onValueChange={setQuery} placeholder={placeholder} />
      ) : (
        // cmdk moves by keys only inside its own field or root: keep a field, out of sight.
        <CommandInput wrapperClassName="sr-only" readOnly aria-label={label} />
      )}
      <CommandList aria-multiselectable={multiple || undefined}>
        <CommandGroup>
          {shown.map((option) => {
            const picked = value.includes(option.value);
            return (
              <CommandItem
                key={option.value}
                value={option.value}
                aria-checked={picked}
                onSelect={() => onPick(option)}
              >
                {multiple ? (
                  <span
                    aria-hidden
                    className={cn(
                      'flex size-4 shrink-0 items-center justify-center rounded-sm border border-control',
                      picked && 'border-primary bg-primary text-primary-foreground',
                    )}
                  >
                    {picked ? <Check className="size-3" strokeWidth={3} /> : null}
                  </span>
                ) : null}
                {option.icon}
                <span className="truncate">{option.label}</span>
                {option.detail ? (
                  <span className="truncate text-muted-foreground">{option.detail}</span>
                ) : null}
                {!multiple && picked ? <Check aria-hidden className="ml-auto text-muted-foreground" /> : null}
              </CommandItem>
            );
          })}
          {canCreate ? (
            <CommandItem value={`create ${typed}`} onSelect={() => onPick({ value: typed, label: typed })}>
              <Plus aria-hidden className="text-muted-foreground" />
              Add “{typed}”
            </CommandItem>
          ) : null}
        </CommandGroup>
        {state === 'failed' ? (
          <p role="alert" className="px-3 py-4 text-center text-destructive-text text-sm">
            The options could not be loaded. Type again to retry.
          </p>
        ) : shown.length === 0 && !canCreate ? (
          <p role="status" className="px-3 py-4 text-center text-muted-foreground text-sm">
            {state === 'loading' ? 'Looking' : emptyText}
          </p>
        ) : null}
      </CommandList>
    </Command>
  );
}
