'use client';

import { type FormEvent, useRef, useState } from 'react';
import { ApiError } from './api-client';
import { useHydrated } from './use-hydrated';

/** What a form shows of its last attempt. */
export type FormFailure = { message: string; fields: Record<string, string>; requestId: string | null };

const noFailure: FormFailure = { message: '', fields: {}, requestId: null };

/**
 * A form whose rules the server alone knows: sends the fields, and hands back the refusal for the fields it names.
 * Reads the fields when they are sent, so that what a password manager or an early typist put in counts.
 * `isReady` is false until the page's scripts run; submit buttons are disabled until then.
 * @param send calls the API with the form's fields by name; checkboxes that are off are missing
 * @param onDone called with the answer; the form stays pending while it resolves
 */
export function useApiForm<T>(
  send: (values: Record<string, string>) => Promise<T>,
  onDone: (answer: T) => void | Promise<void>,
) {
  const [failure, setFailure] = useState<FormFailure>(noFailure);
  const [pending, setPending] = useState(false);
  const running = useRef(false);
  const isReady = useHydrated();

  async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    // a dialog's form inside another form's tree must not send both
    event.stopPropagation();
    if (running.current) return;
    const form = event.currentTarget;
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') values[name] = value;
    running.current = true;
    setPending(true);
    setFailure(noFailure);
    try {
      await onDone(await send(values));
    } catch (error) {
      const known = error instanceof ApiError ? error : null;
      const fields = known?.fields ?? {};
      const named = Object.keys(fields).filter((name) => form.elements.namedItem(name));
      // a complaint that stands at its field needs no second line
      const message = named.length > 0 ? '' : (known?.message ?? 'Something went wrong. Try again.');
      setFailure({ message, fields, requestId: known && named.length === 0 ? known.requestId : null });
      const first = named[0] ? form.elements.namedItem(named[0]) : null;
      if (first instanceof HTMLElement) first.focus();
    } finally {
      running.current = false;
      setPending(false);
    }
  }

  return { onSubmit, pending, isReady, failure, errors: failure.fields };
}
