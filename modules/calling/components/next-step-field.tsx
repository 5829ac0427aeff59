'use client';

import { type Ref, use, useState } from 'react';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Kbd } from '@/components/ui/kbd';
import { quickSteps } from './outcome-draft';

/** When to call again: a few choices for one press, or a date and a time on the reader's clock. */
export function NextStepField({
  value,
  error,
  isNeeded,
  onChange,
  inputRef,
  letter = null,
}: {
  value: string;
  error?: string;
  /** The outcome can't do without. */
  isNeeded: boolean;
  onChange: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
  /** The key that leads here, where it is to be shown. */
  letter?: string | null;
}) {
  const zone = use(TimeZoneContext);
  // when the form was opened: choices must not move while it is filled in
  const [now] = useState(() => Date.now());
  return (
    <Field label={<Labelled words="Next step" letter={letter} />} optional={!isNeeded} error={error}>
      {(control) => (
        <div className="flex flex-wrap items-center gap-1.5">
          {quickSteps(now, zone).map(({ label, at }) => (
            <Button
              key={label}
              variant="outline"
              size="sm"
              aria-pressed={value === at}
              className="aria-pressed:border-primary aria-pressed:bg-accent"
              onClick={() => onChange(value === at ? '' : at)}
            >
              {label}
            </Button>
          ))}
          <Input
            {...control}
            ref={inputRef}
            type="datetime-local"
            className="w-50 max-md:w-full"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </Field>
  );
}

/** A field's words, with the key that leads to it. */
export function Labelled({ words, letter }: { words: string; letter: string | null }) {
  return (
    <>
      {words}
      {letter ? (
        <Kbd aria-hidden className="ml-1.5 h-4.5 min-w-4.5 max-md:hidden">
          {letter}
        </Kbd>
      ) : null}
    </>
  );
}
