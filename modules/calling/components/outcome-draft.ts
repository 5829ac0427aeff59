import { instantOf, wallTime, wallTimeAfter } from '@/lib/wall-time';
import type { CallOutcome, Reached } from '../domain';
import { outcomeDefinitions } from '../domain';
import type { DeskBundle } from '../schema';

/** What the outcome form of a number holds. `nextStep` is a wall time of the reader's zone. */
export type OutcomeDraft = {
  outcome: CallOutcome | null;
  reached: Reached | null;
  personId: string | null;
  notes: string;
  email: string;
  nextStep: string;
  reason: string;
};

export const emptyDraft: OutcomeDraft = {
  outcome: null,
  reached: null,
  personId: null,
  notes: '',
  email: '',
  nextStep: '',
  reason: '',
};

const storageKey = (phoneId: string) => `freehold-outcome:${phoneId}`;

/** What was typed of a number in this tab and not saved yet: closing the card, or the tab’s reload, loses nothing. */
export function keptDraft(phoneId: string): OutcomeDraft {
  try {
    const kept = sessionStorage.getItem(storageKey(phoneId));
    return kept ? { ...emptyDraft, ...(JSON.parse(kept) as Partial<OutcomeDraft>) } : emptyDraft;
  } catch {
    return emptyDraft;
  }
}

/** Keeps a draft for the tab's life; null forgets it. */
export function keepDraft(phoneId: string, draft: OutcomeDraft | null): void {
  try {
    if (draft && JSON.stringify(draft) !== JSON.stringify(emptyDraft))
      sessionStorage.setItem(storageKey(phoneId), JSON.stringify(draft));
    else sessionStorage.removeItem(storageKey(phoneId));
  } catch {
    // a browser that keeps nothing: the draft lives as long as the page
  }
}

/** Letters that stand for the people behind a number: those that are no key of power mode. */
const personKeys = ['a', 'b', 'd', 'h', 'i', 'l', 'q', 'r', 'u', 'v'] as const;
export const somebodyElseKey = 'o';
export const wrongPersonKey = 'w';

/** The people of a number with the key of each; those beyond the letters have none. */
export const keyedPeople = (bundle: Pick<DeskBundle, 'people'>) =>
  bundle.people.map((person, index) => ({ person, key: personKeys[index] ?? null }));

/** What a draft lacks before it can be saved, by field. */
export function missing(
  draft: OutcomeDraft,
  zone: string,
  now: number,
): Partial<Record<'outcome' | 'nextStep' | 'reason', string>> {
  if (!draft.outcome) return { outcome: 'Choose what the call came to.' };
  const at = draft.nextStep ? instantOf(draft.nextStep, zone) : null;
  if (outcomeDefinitions[draft.outcome].needs === 'next_step_at' && !at)
    return { nextStep: 'Say when to call again.' };
  if (at && Date.parse(at) <= now) return { nextStep: 'This has passed.' };
  if (draft.outcome === 'do_not_call' && !draft.reason.trim())
    return { reason: 'Say why; everybody will see it.' };
  return {};
}

/** The draft as `POST /api/phones/[id]/calls` takes it. */
export function bodyOf(draft: OutcomeDraft, zone: string, callId: string | null): Record<string, unknown> {
  const { outcome, reached, personId, notes, email, nextStep, reason } = draft;
  const says = reached === 'confirmed' ? personId !== null : reached !== null;
  return {
    outcome,
    ...(callId && { call_id: callId }),
    ...(reached && says && { reached }),
    ...(reached && says && personId && reached !== 'somebody_else' && { person_id: personId }),
    ...(notes.trim() && { notes: notes.trim() }),
    ...(email.trim() && { email_captured: email.trim().toLowerCase() }),
    ...(nextStep && { next_step_at: instantOf(nextStep, zone) }),
    ...(outcome === 'do_not_call' && { reason: reason.trim() }),
  };
}

/** Next steps that are chosen with one press, on the reader's clock; `key` chooses one from within the field. */
export function quickSteps(now: number, zone: string): { label: string; key: string; at: string }[] {
  const today = wallTime(now, zone);
  return [
    { label: 'In 1 h', key: 'h', at: wallTime(now + 3_600_000, zone) },
    { label: 'Tomorrow 9:00', key: 't', at: wallTimeAfter(today, 1, '09:00') },
    { label: 'In 3 days', key: 'd', at: wallTimeAfter(today, 3, '09:00') },
    { label: 'In a week', key: 'w', at: wallTimeAfter(today, 7, '09:00') },
  ];
}
