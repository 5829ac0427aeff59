'use client';

import { ChevronDown, X } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { cn } from '@/lib/utils';
import { type LoadOptions, type Option, OptionList } from './option-list';
import { Popover, PopoverContent, PopoverTrigger } from './popover';

type Shared = {
  options?: readonly Option[];
  loadOptions?: LoadOptions;
  placeholder?: string;
  searchPlaceholder?: string;
  creatable?: boolean;
  disabled?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
  className?: string;
};

const triggerClasses =
  'field flex min-h-8 w-full items-center gap-1.5 px-2.5 py-1 text-left text-sm max-md:min-h-10';

/**
 * One of many, found by typing.
 * @param value the picked value, or null
 * @param valueLabel what to show for a value that is not among the given options
 */
export function Combobox({
  value,
  valueLabel,
  onChange,
  clearable = false,
  ...shared
}: Shared & {
  value: string | null;
  valueLabel?: string;
  onChange: (value: string | null, option: Option | null) => void;
  clearable?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const {
    options,
    loadOptions,
    placeholder = 'Choose',
    searchPlaceholder,
    creatable,
    className,
    ...control
  } = shared;
  const label = valueLabel ?? options?.find((option) => option.value === value)?.label ?? value;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <div className={cn('relative', className)}>
        <PopoverTrigger asChild>
          <button type="button" role="combobox" aria-expanded={open} className={triggerClasses} {...control}>
            <span
              className={cn(
                'min-w-0 flex-1 truncate',
                value === null ? 'text-muted-foreground' : clearable && 'mr-6',
              )}
            >
              {value === null ? placeholder : label}
            </span>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </button>
        </PopoverTrigger>
        {clearable && value !== null ? (
          <button
            type="button"
            aria-label="Clear"
            className="absolute top-1 right-8 inline-flex size-6 items-center justify-center rounded-sm text-muted-foreground hover:bg-accent max-md:top-2"
            onClick={() => onChange(null, null)}
          >
            <X aria-hidden className="size-3.5" />
          </button>
        ) : null}
      </div>
      <PopoverContent className="w-(--radix-popover-trigger-width) min-w-56 p-0" aria-label={placeholder}>
        <OptionList
          label={placeholder}
          options={options}
          loadOptions={loadOptions}
          placeholder={searchPlaceholder}
          creatable={creatable}
          value={value === null ? [] : [value]}
          onPick={(option) => {
            onChange(option.value, option);
            setOpen(false);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

/**
 * Several of many, as chips; with `creatable` it is a tag field that suggests what exists.
 * @param value picked values, in the order they were picked
 * @param labels what to show for values that are not among the given options
 */
export function MultiSelect({
  value,
  labels,
  onChange,
  defaultOpen = false,
  onClose,
  ...shared
}: Shared & {
  value: readonly string[];
  labels?: Readonly<Record<string, string>>;
  onChange: (value: string[]) => void;
  defaultOpen?: boolean;
  onClose?: () => void;
}) {
  const [open, setOpen] = useState(defaultOpen);
  const {
    options,
    loadOptions,
    placeholder = 'Choose',
    searchPlaceholder,
    creatable,
    className,
    'aria-label': name,
    ...control
  } = shared;
  // A value made here is an option as long as the list is open, so that it can be unpicked again.
  const all = useMemo(() => {
    const given = options ?? [];
    const extra = value.filter((each) => !given.some((option) => option.value === each));
    return [...given, ...extra.map((each) => ({ value: each, label: labels?.[each] ?? each }))];
  }, [options, value, labels]);
  const labelOf = (each: string) =>
    labels?.[each] ?? all.find((option) => option.value === each)?.label ?? each;
  const toggle = (option: Option) =>
    onChange(
      value.includes(option.value) ? value.filter((each) => each !== option.value) : [...value, option.value],
    );
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) onClose?.();
      }}
    >
      <PopoverTrigger asChild>
        <button type="button" className={cn(triggerClasses, 'flex-wrap', className)} {...control}>
          {/* In words rather than an attribute, which would hide the chips from screen readers. */}
          {name ? <span className="sr-only">{name}: </span> : null}
          {value.length === 0 ? (
            <span className="flex-1 text-muted-foreground">{placeholder}</span>
          ) : (
            value.map((each) => <Chip key={each}>{labelOf(each)}</Chip>)
          )}
        </button>
      </PopoverTrigger>
      <PopoverContent className="w-(--radix-popover-trigger-width) min-w-56 p-0" aria-label={placeholder}>
        <OptionList
          multiple
          label={placeholder}
          options={loadOptions ? undefined : all}
          loadOptions={loadOptions}
          placeholder={searchPlaceholder}
          creatable={creatable}
          value={value}
          onPick={toggle}
          emptyText={creatable ? 'Type to add one' : undefined}
        />
      </PopoverContent>
    </Popover>
  );
}

function Chip({ children }: { children: ReactNode }) {
  return (
    <span className="max-w-full truncate rounded-sm bg-secondary px-1.5 font-medium text-xs leading-5">
      {children}
    </span>
  );
}
