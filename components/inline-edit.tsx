'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cn } from '@/lib/utils';
import type { LoadOptions, Option } from './ui/option-list';

const MultiSelect = dynamic(() => import('./ui/combobox').then((module) => module.MultiSelect), {
  ssr: false,
});

/**
 * Shows the new value at once and puts the old one back, with the reason, when saving fails.
 * @param value the stored value
 * @param onSave rejects with an Error whose message can be shown
 */
function useOptimistic<V>(value: V, onSave: (next: V) => Promise<void>) {
  const [pending, setPending] = useState<{ value: V } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const attempt = useRef(0);

  // The stored value caught up, or changed elsewhere: it is the truth again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the stored value counts
  useEffect(() => setPending(null), [JSON.stringify(value)]);

  async function save(next: V) {
    attempt.current += 1;
    const mine = attempt.current;
    setPending({ value: next });
    setError(null);
    try {
      await onSave(next);
    } catch (cause) {
      // An older failure must not undo a newer edit.
      if (mine !== attempt.current) return;
      setPending(null);
      setError(cause instanceof Error ? cause.message : 'Not saved. The old value is back.');
    }
  }
  return { shown: pending ? pending.value : value, error, save };
}

const displayClasses =
  '-mx-1.5 inline-flex min-h-7 max-w-[calc(100%+12px)] items-center rounded-md px-1.5 text-left transition-colors duration-120 hover:bg-accent max-md:min-h-10';

function Failure({ id, children }: { id: string; children: string | null }) {
  return children ? (
    <p id={id} role="alert" className="mt-0.5 text-destructive-text text-xs">
      {children}
    </p>
  ) : null;
}

/**
 * Text edited where it stands: press, type, Enter or leave to save, Escape to put back.
 * @param label what the value is, for its accessible name
 * @param validate returns the sentence to show for a value that can't be saved, or null
 */
export function InlineText({
  label,
  value,
  onSave,
  placeholder = 'Add',
  validate,
  display,
  className,
}: {
  label: string;
  value: string;
  onSave: (next: string) => Promise<void>;
  placeholder?: string;
  validate?: (next: string) => string | null;
  display?: (value: string) => ReactNode;
  className?: string;
}) {
  const { shown, error, save } = useOptimistic(value, onSave);
  const [draft, setDraft] = useState<string | null>(null);
  const [invalid, setInvalid] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  function close(refocus: boolean) {
    setDraft(null);
    setInvalid(null);
    if (refocus) requestAnimationFrame(() => button.current?.focus());
  }
  function commit(refocus: boolean) {
    if (draft === null) return;
    const next = draft.trim();
    const problem = validate?.(next) ?? null;
    if (problem) {
      setInvalid(problem);
      return;
    }
    close(refocus);
    if (next !== shown) void save(next);
  }

  const message = invalid ?? error;
  return (
    <div className={cn('min-w-0', className)}>
      {draft === null ? (
        <button
          ref={button}
          type="button"
          aria-describedby={message ? id : undefined}
          className={displayClasses}
          onClick={() => setDraft(shown)}
        >
          <span className="sr-only">{label}: </span>
          {shown ? (
            <span className="truncate">{display ? display(shown) : shown}</span>
          ) : (
            <span className="text-muted-foreground">{placeholder}</span>
          )}
          <span className="sr-only">, edit</span>
        </button>
      ) : (
        <input
          // biome-ignore lint/a11y/noAutofocus: the person pressed the value to type here
          autoFocus
          aria-label={label}
          aria-invalid={invalid ? true : undefined}
          aria-describedby={message ? id : undefined}
          className="field -mx-1.5 h-7 w-[calc(100%+12px)] px-1.5 max-md:h-10 max-md:text-lg"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={() => commit(false)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              commit(true);
            } else if (event.key === 'Escape') {
              event.preventDefault();
              event.stopPropagation();
              close(true);
            }
          }}
        />
      )}
      <Failure id={id}>{message}</Failure>
    </div>
  );
}

/**
 * One of a few, picked where it stands with the browser's own list.
 * @param display how the value looks while it is not being picked, such as a StatusBadge
 */
export function InlineSelect({
  label,
  value,
  options,
  onSave,
  display,
  className,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onSave: (next: string) => Promise<void>;
  display?: (value: string) => ReactNode;
  className?: string;
}) {
  const { shown, error, save } = useOptimistic(value, onSave);
  const id = useId();
  return (
    <div className={cn('min-w-0', className)}>
      <span
        className={cn(displayClasses, 'relative has-focus-visible:outline-2 has-focus-visible:outline-ring')}
      >
        <span aria-hidden className="truncate">
          {display ? display(shown) : options.find((option) => option.value === shown)?.label}
        </span>
        {/* Lies invisibly over the value: the phone's own picker and full keyboard use, without a script. */}
        <select
          aria-label={label}
          aria-describedby={error ? id : undefined}
          className="absolute inset-0 w-full cursor-pointer opacity-0"
          value={shown}
          onChange={(event) => void save(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </span>
      <Failure id={id}>{error}</Failure>
    </div>
  );
}

/**
 * Tags edited where they stand; saved when the list closes.
 * @param loadOptions suggests tags that exist in the workspace
 */
export function InlineTags({
  label,
  value,
  options,
  loadOptions,
  onSave,
  placeholder = 'Add tags',
  className,
}: {
  label: string;
  value: readonly string[];
  options?: readonly Option[];
  loadOptions?: LoadOptions;
  onSave: (next: readonly string[]) => Promise<void>;
  placeholder?: string;
  className?: string;
}) {
  const { shown, error, save } = useOptimistic<readonly string[]>(value, onSave);
  const [draft, setDraft] = useState<readonly string[] | null>(null);
  const id = useId();
  return (
    <div className={cn('min-w-0', className)}>
      {draft === null ? (
        <button
          type="button"
          aria-describedby={error ? id : undefined}
          className={cn(displayClasses, 'flex-wrap gap-1 py-1')}
          onClick={() => setDraft(shown)}
        >
          <span className="sr-only">{label}: </span>
          {shown.length === 0 ? <span className="text-muted-foreground">{placeholder}</span> : null}
          {shown.map((tag) => (
            <span key={tag} className="rounded-sm bg-secondary px-1.5 font-medium text-xs leading-5">
              {tag}
              <span className="sr-only">, </span>
            </span>
          ))}
          <span className="sr-only">edit</span>
        </button>
      ) : (
        <MultiSelect
          defaultOpen
          creatable
          aria-label={label}
          className="-mx-1.5 w-[calc(100%+12px)]"
          placeholder={placeholder}
          searchPlaceholder="Find or add a tag"
          options={options}
          loadOptions={loadOptions}
          value={draft}
          onChange={setDraft}
          onClose={() => {
            setDraft(null);
            if (draft.join('\u0000') !== shown.join('\u0000')) void save(draft);
          }}
        />
      )}
      <Failure id={id}>{error}</Failure>
    </div>
  );
}
