'use client';

import { CircleAlert } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useShortcut } from '@/components/shortcuts';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Kbd } from '@/components/ui/kbd';
import { Textarea } from '@/components/ui/textarea';
import { cn } from '@/lib/utils';
import { type CallOutcome, outcomeDefinitions, outcomes } from '../domain';
import type { DeskBundle } from '../schema';
import { Labelled, NextStepField } from './next-step-field';
import { keyedPeople, somebodyElseKey, wrongPersonKey } from './outcome-draft';
import type { OutcomeForm } from './use-outcome';

/** Where keys lead: the fields that `m`, `e` and `f` open. */
type OutcomeRefs = {
  notes: RefObject<HTMLTextAreaElement | null>;
  email: RefObject<HTMLInputElement | null>;
  nextStep: RefObject<HTMLInputElement | null>;
};

const choice =
  'inline-flex min-h-8 min-w-0 items-center gap-2 rounded-md border border-input bg-card px-2 text-left text-sm transition-colors duration-120 not-disabled:hover:bg-accent disabled:cursor-not-allowed disabled:opacity-55 aria-pressed:border-primary aria-pressed:bg-selected max-md:min-h-11';

/**
 * What a call came to: who was reached, the outcome, notes, an e-mail address, the next step. Keys: 1 to 9 for the
 * outcomes, a letter for each person; they rest while a field has the focus.
 * @param onOutcome an outcome was chosen, by key or by press
 * @param isLocked nothing may be saved: the number is somebody else's
 * @param hasGrid the outcomes stand here; on a phone they are at the thumb
 * @param hasHints fields say the keys that lead to them
 */
export function OutcomeFields({
  bundle,
  form,
  refs,
  onOutcome,
  isLocked,
  hasGrid = true,
  hasHints = false,
}: {
  bundle: DeskBundle;
  form: OutcomeForm;
  refs: OutcomeRefs;
  onOutcome: (outcome: CallOutcome) => void;
  isLocked: boolean;
  hasGrid?: boolean;
  hasHints?: boolean;
}) {
  const { draft, change, errors } = form;
  const reason = useRef<HTMLInputElement>(null);
  // the field that is missing takes the focus, so that the next key goes into it
  useEffect(() => {
    if (errors.nextStep) refs.nextStep.current?.focus();
    else if (errors.reason) reason.current?.focus();
    else if (errors.email) refs.email.current?.focus();
  }, [errors, refs]);

  return (
    <div className="grid gap-4">
      <WhoWasReached bundle={bundle} form={form} isLocked={isLocked} />
      {hasGrid ? (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 font-medium text-sm">Outcome</legend>
          <OutcomeGrid chosen={draft.outcome} isLocked={isLocked} onOutcome={onOutcome} />
          {draft.outcome ? (
            <p className="mt-1.5 text-muted-foreground text-xs">{outcomeDefinitions[draft.outcome].effect}</p>
          ) : null}
        </fieldset>
      ) : null}
      {errors.outcome ? (
        <p role="alert" className="text-destructive-text text-xs">
          {errors.outcome}
        </p>
      ) : null}
      {draft.outcome === 'do_not_call' ? (
        <Field label="Why it must not be called" error={errors.reason}>
          {(control) => (
            <Input
              {...control}
              ref={reason}
              autoFocus
              maxLength={500}
              placeholder="Asked not to be called again"
              value={draft.reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      <NextStepField
        value={draft.nextStep}
        error={errors.nextStep}
        isNeeded={draft.outcome === 'follow_up'}
        letter={hasHints ? 'F' : null}
        inputRef={refs.nextStep}
        onChange={(nextStep) => change({ nextStep })}
      />
      <Field label={<Labelled words="Notes" letter={hasHints ? 'M' : null} />} optional error={errors.notes}>
        {(control) => (
          <Textarea
            {...control}
            ref={refs.notes}
            rows={2}
            maxLength={20_000}
            value={draft.notes}
            onChange={(event) => change({ notes: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={<Labelled words="E-mail they gave" letter={hasHints ? 'E' : null} />}
        optional
        error={errors.email}
      >
        {(control) => (
          <Input
            {...control}
            ref={refs.email}
            type="email"
            inputMode="email"
            autoComplete="off"
            maxLength={254}
            value={draft.email}
            onChange={(event) => change({ email: event.target.value })}
          />
        )}
      </Field>
      {errors.form ? (
        <p
          role="alert"
          className="flex items-start gap-1.5 rounded-md bg-destructive-soft px-2.5 py-2 text-destructive-text text-sm"
        >
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {errors.form}
        </p>
      ) : null}
    </div>
  );
}

/** The nine outcomes, each with its digit. @param isForThumbs three in a row, without digits */
export function OutcomeGrid({
  chosen,
  isLocked,
  onOutcome,
  isForThumbs = false,
}: {
  chosen: CallOutcome | null;
  isLocked: boolean;
  onOutcome: (outcome: CallOutcome) => void;
  isForThumbs?: boolean;
}) {
  return (
    <div
      className={cn(
        'grid gap-1.5',
        isForThumbs
          ? 'grid-cols-3 [&>button]:justify-center [&>button]:px-1 [&>button]:text-xs'
          : 'grid-cols-2 sm:grid-cols-3',
      )}
    >
      {outcomes.map((outcome, index) => (
        <OutcomeChoice
          key={outcome}
          outcome={outcome}
          digit={String(index + 1)}
          isChosen={chosen === outcome}
          isLocked={isLocked}
          onChoose={() => onOutcome(outcome)}
        />
      ))}
    </div>
  );
}

function OutcomeChoice({
  outcome,
  digit,
  isChosen,
  isLocked,
  onChoose,
}: {
  outcome: CallOutcome;
  digit: string;
  isChosen: boolean;
  isLocked: boolean;
  onChoose: () => void;
}) {
  const { word } = outcomeDefinitions[outcome];
  useShortcut(digit, word, onChoose, { group: 'Outcomes', enabled: !isLocked });
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-keyshortcuts={digit}
      disabled={isLocked}
      className={choice}
      onClick={onChoose}
    >
      <Kbd className="max-md:hidden">{digit}</Kbd>
      <span className="min-w-0 truncate">{word}</span>
    </button>
  );
}

/** Who answered: each person behind the number, somebody else, or the wrong person. */
function WhoWasReached({
  bundle,
  form: { draft, change },
  isLocked,
}: {
  bundle: DeskBundle;
  form: OutcomeForm;
  isLocked: boolean;
}) {
  const isConfirmed = (id: string) => draft.reached === 'confirmed' && draft.personId === id;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium text-sm">
        Who was reached <span className="ml-0.5 font-normal text-muted-foreground">optional</span>
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {keyedPeople(bundle).map(({ person, key }) => (
          <Choice
            key={person.id}
            letter={key}
            label={person.name}
            isChosen={isConfirmed(person.id)}
            isLocked={isLocked}
            onChoose={() =>
              change(
                isConfirmed(person.id)
                  ? { reached: null, personId: null }
                  : { reached: 'confirmed', personId: person.id },
              )
            }
          />
        ))}
        <Choice
          letter={somebodyElseKey}
          label="Somebody else"
          isChosen={draft.reached === 'somebody_else'}
          isLocked={isLocked}
          onChoose={() =>
            change({ reached: draft.reached === 'somebody_else' ? null : 'somebody_else', personId: null })
          }
        />
        <Choice
          letter={wrongPersonKey}
          label="Wrong person"
          isChosen={draft.reached === 'wrong_person'}
          isLocked={isLocked}
          onChoose={() =>
            change(
              draft.reached === 'wrong_person'
                ? { reached: null, personId: null }
                : // with one person behind the number it is plain who isn't there
                  {
                    reached: 'wrong_person',
                    personId: bundle.people.length === 1 ? (bundle.people[0]?.id ?? null) : null,
                  },
            )
          }
        />
      </div>
    </fieldset>
  );
}

function Choice({
  letter,
  label,
  isChosen,
  isLocked,
  onChoose,
}: {
  letter: string | null;
  label: string;
  isChosen: boolean;
  isLocked: boolean;
  onChoose: () => void;
}) {
  useShortcut(letter ?? '', `Reached: ${label}`, onChoose, {
    group: 'Who was reached',
    enabled: letter !== null && !isLocked,
  });
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-keyshortcuts={letter ?? undefined}
      disabled={isLocked}
      className={cn(choice, 'max-w-full')}
      onClick={onChoose}
    >
      {letter ? <Kbd className="max-md:hidden">{letter.toUpperCase()}</Kbd> : null}
      <span className="min-w-0 truncate">{label}</span>
    </button>
  );
}
