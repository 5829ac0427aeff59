'use client';

import { ChevronLeft } from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { FilterField, FilterValue } from './filter-bar';
import { Button } from './ui/button';
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from './ui/command';
import { Input } from './ui/input';
import { OptionList } from './ui/option-list';
import { Popover, PopoverAnchor, PopoverContent } from './ui/popover';

const PRESENCE = [
  { value: 'yes', label: 'Is known' },
  { value: 'no', label: 'Is missing' },
] as const;

/** The open half of FilterBar: first which field, then which values. */
export function FilterPopover({
  anchor,
  fields,
  initialKey,
  value,
  onSet,
  onClose,
}: {
  anchor: RefObject<HTMLElement | null>;
  fields: readonly FilterField[];
  initialKey: string;
  value: FilterValue;
  onSet: (key: string, values: string[]) => void;
  onClose: () => void;
}) {
  const [key, setKey] = useState(initialKey);
  const field = fields.find((each) => each.key === key);
  return (
    <Popover open onOpenChange={(open) => !open && onClose()}>
      <PopoverAnchor virtualRef={anchor as RefObject<HTMLElement>} />
      <PopoverContent
        className="w-64 p-0"
        aria-label={field ? `Filter by ${field.label}` : 'Filter by'}
        onCloseAutoFocus={(event) => event.preventDefault()}
        // The anchor closes what it opened: let its own press decide.
        onInteractOutside={(event) => {
          if (anchor.current?.contains(event.target as Node)) event.preventDefault();
        }}
      >
        {field ? (
          <>
            {initialKey === '' ? (
              <button
                type="button"
                className="focus-inset flex h-8 w-full items-center gap-1 border-b px-2 text-muted-foreground text-xs hover:text-foreground max-md:h-10"
                onClick={() => setKey('')}
              >
                <ChevronLeft aria-hidden className="size-3.5" />
                {field.label}
              </button>
            ) : null}
            <FieldEditor
              key={field.key}
              field={field}
              values={value[field.key] ?? []}
              onSet={(values) => onSet(field.key, values)}
              onClose={onClose}
            />
          </>
        ) : (
          <Command loop label="Filter by">
            <CommandInput placeholder="Filter by" />
            <CommandList>
              <CommandEmpty>No such field</CommandEmpty>
              <CommandGroup>
                {fields.map(({ key, label, icon: Icon }) => (
                  <CommandItem key={key} value={label} onSelect={() => setKey(key)}>
                    {Icon ? <Icon aria-hidden className="text-muted-foreground" /> : null}
                    {label}
                  </CommandItem>
                ))}
              </CommandGroup>
            </CommandList>
          </Command>
        )}
      </PopoverContent>
    </Popover>
  );
}

function FieldEditor({
  field,
  values,
  onSet,
  onClose,
}: {
  field: FilterField;
  values: readonly string[];
  onSet: (values: string[]) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState(values[0] ?? '');
  if (field.kind === 'text') {
    return (
      <form
        className="flex gap-2 p-2"
        onSubmit={(event) => {
          event.preventDefault();
          onSet(text.trim() ? [text.trim()] : []);
          onClose();
        }}
      >
        <Input
          autoFocus
          aria-label={field.label}
          placeholder={field.placeholder ?? 'Contains'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit">Apply</Button>
      </form>
    );
  }
  if (field.kind === 'presence') {
    return (
      <OptionList
        label={field.label}
        searchable={false}
        options={PRESENCE}
        value={values}
        onPick={(option) => {
          onSet([option.value]);
          onClose();
        }}
      />
    );
  }
  return (
    <OptionList
      multiple
      label={field.label}
      placeholder={field.label}
      options={field.options}
      loadOptions={field.loadOptions}
      value={values}
      onPick={({ value }) =>
        onSet(values.includes(value) ? values.filter((each) => each !== value) : [...values, value])
      }
    />
  );
}
