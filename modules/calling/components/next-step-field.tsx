'use client';

import { type Ref, use, useState } from 'react';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Kbd } from '@/components/ui/kbd';
import { quickSteps } from './outcome-draft';

/** When to call again: a few choices for one press or one letter, or a date and a time on the reader's clock. */
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
  const steps = quickSteps(now, zone);
  return (
    <Field label={<Labelled words="Next step" letter={letter} />} optional={!isNeeded} error={error}>
      {(control) => (
        <div className="group/steps flex flex-wrap items-center gap-1.5">
          {steps.map(({ label, key, at }) => (
            <Button
              key={label}
              variant="outline"
              size="sm"
              aria-pressed={value === at}
              className="aria-pressed:border-primary aria-pressed:bg-accent"
              aria-keyshortcuts={key}
              onClick={() => onChange(value === at ? '' : at)}
            >
              {label}
              {letter ? (
                <Kbd
                  aria-hidden
                  className="hidden h-4.5 min-w-4.5 group-has-[input:focus]/steps:inline-flex max-md:hidden!"
                >
                  {key.toUpperCase()}
                </Kbd>
              ) : null}
            </Button>
          ))}
          <Input
            {...control}
            ref={inputRef}
            type="datetime-local"
            className="w-50 max-md:w-full"
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={(event) => {
              // letters mean nothing to a date: they choose
              const step = steps.find(({ key }) => key === event.key.toLowerCase());
              if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
              event.preventDefault();
              onChange(step.at);
            }}
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
