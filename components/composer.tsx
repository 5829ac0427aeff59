'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cn } from '@/lib/utils';
import { Button } from './ui/button';

/**
 * A field that is one line until it is used: for a note on a record. What was typed survives leaving the page (this
 * tab's storage); Cmd/Ctrl-Enter submits; when saving fails the text stays and the reason is shown.
 * @param draftKey names the draft, such as `note:people:<id>`
 * @param onSubmit rejects with an Error whose message can be shown
 */
export function Composer({
  label,
  placeholder,
  submitLabel,
  draftKey,
  onSubmit,
  extra,
  className,
}: {
  label: string;
  placeholder: string;
  submitLabel: string;
  draftKey: string;
  onSubmit: (text: string) => Promise<void>;
  extra?: ReactNode;
  className?: string;
}) {
  const storageKey = `freehold-draft:${draftKey}`;
  const [text, setText] = useState('');
  const [isUsed, setIsUsed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  useEffect(() => {
    try {
      const draft = sessionStorage.getItem(storageKey);
      if (draft) {
        setText(draft);
        setIsUsed(true);
      }
    } catch {
      // Storage can be forbidden: then there are no drafts.
    }
  }, [storageKey]);

  function change(next: string) {
    setText(next);
    try {
      if (next) sessionStorage.setItem(storageKey, next);
      else sessionStorage.removeItem(storageKey);
    } catch {
      // As above.
    }
  }

  async function submit() {
    const trimmed = text.trim();
    if (!trimmed || busy) return;
    setBusy(true);
    setError(null);
    try {
      await onSubmit(trimmed);
      // first, as leaving the field looks at the text that was in it
      field.current?.blur();
      change('');
      setIsUsed(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : 'Not saved. Your text is still here.');
    } finally {
      setBusy(false);
    }
  }

  const isOpen = isUsed || text !== '';
  return (
    <form
      className={cn('field grid', className)}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        ref={field}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        placeholder={placeholder}
        rows={1}
        value={text}
        // what was typed while the text before it is being saved would be cleared with it
        readOnly={busy}
        onChange={(event) => change(event.target.value)}
        onFocus={() => setIsUsed(true)}
        onBlur={(event) => {
          if (!event.currentTarget.form?.contains(event.relatedTarget)) setIsUsed(text !== '');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.preventDefault();
            void submit();
          }
        }}
        className={cn(
          'field-sizing-content max-h-60 w-full resize-none rounded-md bg-transparent px-3 py-2 text-sm outline-none max-md:text-lg',
          isOpen && 'min-h-20',
        )}
      />
      {error ? (
        <p id={id} role="alert" className="px-3 pb-1 text-destructive-text text-xs">
          {error}
        </p>
      ) : null}
      {isOpen ? (
        <div className="flex items-center justify-end gap-2 px-2 pb-2">
          <div className="mr-auto">{extra}</div>
          <Button type="submit" size="sm" loading={busy} disabled={text.trim() === ''}>
            {submitLabel}
          </Button>
        </div>
      ) : null}
    </form>
  );
}
