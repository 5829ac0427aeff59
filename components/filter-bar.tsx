'use client';

import { ListFilter, type LucideIcon, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { useShortcut } from './shortcuts';
import { Button } from './ui/button';
import type { LoadOptions, Option } from './ui/option-list';

const loadPopover = () => import('./filter-popover');
const FilterPopover = dynamic(() => loadPopover().then((module) => module.FilterPopover), { ssr: false });

/** One field a list can be filtered by. */
export type FilterField = {
  key: string;
  /** Sentence case: "Lead status". */
  label: string;
  icon?: LucideIcon;
} & (
  | {
      /** Any of several values, given or looked up. */
      kind: 'choice';
      options?: readonly Option[];
      loadOptions?: LoadOptions;
      /** Labels of active values that are not among `options`, such as looked-up names. */
      labels?: Readonly<Record<string, string>>;
    }
  /** Has it, or has it not; the value is `yes` or `no`. */
  | { kind: 'presence' }
  /** Contains what was typed. */
  | { kind: 'text'; placeholder?: string }
);

/** Active filters: field key to values. A field without values is absent. Pages bind it to the address. */
export type FilterValue = Record<string, string[]>;

const MOST_NAMED = 2;

/** What a chip says after its field: "is Warm, Hot", "has phone", "contains austin". */
function worded(field: FilterField, values: readonly string[]): string {
  if (field.kind === 'presence') return values[0] === 'no' ? 'is missing' : 'is known';
  if (field.kind === 'text') return `contains “${values[0] ?? ''}”`;
  const names = values.map(
    (value) =>
      field.labels?.[value] ?? field.options?.find((option) => option.value === value)?.label ?? value,
  );
  const rest = names.length - MOST_NAMED;
  return `is ${names.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` +${rest}` : ''}`;
}

/**
 * Filters as chips: a button adds one, a chip is pressed to change it and has its own button to remove it.
 * Fully controlled; the editing window is fetched on first use. Key: `f`.
 */
export function FilterBar({
  fields,
  value,
  onChange,
}: {
  fields: readonly FilterField[];
  value: FilterValue;
  onChange: (value: FilterValue) => void;
}) {
  // Which field is being edited ('' is the choice of a field), and which element the window stands at.
  const [editing, setEditing] = useState<string | null>(null);
  const anchor = useRef<HTMLElement | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const active = fields.filter((field) => (value[field.key]?.length ?? 0) > 0);

  function set(key: string, values: string[]) {
    const next = { ...value };
    if (values.length > 0) next[key] = values;
    else delete next[key];
    onChange(next);
  }
  function edit(key: string, at: HTMLElement | null) {
    anchor.current = at;
    setEditing(key);
  }
  useShortcut('f', 'Filter', () => edit('', addButton.current), { group: 'List' });

  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Button
        ref={addButton}
        variant="ghost"
        size="sm"
        className="-ml-2 text-muted-foreground"
        aria-haspopup="dialog"
        aria-expanded={editing === ''}
        onPointerEnter={() => void loadPopover()}
        onFocus={() => void loadPopover()}
        onClick={(event) => edit('', event.currentTarget)}
      >
        <ListFilter aria-hidden />
        Filter
      </Button>
      {active.map((field) => {
        const Icon = field.icon;
        const words = worded(field, value[field.key] ?? []);
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced as part of a form
          <span
            key={field.key}
            role="group"
            aria-label={`${field.label} ${words}`}
            className="inline-flex h-7 max-w-full items-stretch overflow-hidden rounded-md border text-sm max-md:h-10"
          >
            <button
              type="button"
              className="focus-inset inline-flex min-w-0 items-center gap-1.5 pr-1.5 pl-2 hover:bg-accent"
              aria-haspopup="dialog"
              aria-expanded={editing === field.key}
              onClick={(event) => edit(field.key, event.currentTarget)}
            >
              {Icon ? <Icon aria-hidden className="size-3.5 shrink-0 text-muted-foreground" /> : null}
              <span className="whitespace-nowrap text-muted-foreground">{field.label}</span>
              <span className="truncate">{words}</span>
            </button>
            <button
              type="button"
              aria-label={`Remove the filter ${field.label}`}
              className="focus-inset inline-flex w-6 shrink-0 items-center justify-center border-l text-muted-foreground hover:bg-accent hover:text-foreground max-md:w-10"
              onClick={() => set(field.key, [])}
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </span>
        );
      })}
      {active.length > 1 ? (
        <Button variant="ghost" size="sm" className="text-muted-foreground" onClick={() => onChange({})}>
          Clear all
        </Button>
      ) : null}
      {editing === null ? null : (
        <FilterPopover
          anchor={anchor}
          fields={fields}
          initialKey={editing}
          value={value}
          onSet={set}
          onClose={() => {
            setEditing(null);
            anchor.current?.focus();
          }}
        />
      )}
    </div>
  );
}
