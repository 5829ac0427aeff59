'use client';

import { useQueryClient } from '@tanstack/react-query';
import { use, useCallback, useEffect, useRef, useState } from 'react';
import { notify } from '@/components/notify';
import { TimeZoneContext } from '@/components/time-zone';
import { ApiError, api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { outcomeWord } from '../domain';
import { type CallFollowup, followupState } from '../followup-words';
import type { RecordedCall, UndoneCall } from '../schema';
import { bodyOf, emptyDraft, keepDraft, keptDraft, missing, type OutcomeDraft } from './outcome-draft';
import { takeOff } from './use-desk';

/** What was saved last, so that it can be taken back. */
export type SavedOutcome = {
  callId: string;
  phoneId: string;
  draft: OutcomeDraft;
  reached: boolean;
  /** What else followed from it: numbers set aside, the mail that goes. */
  said: string;
};

/** The errors of the form by field; `form` is about the whole. */
type OutcomeErrors = Partial<Record<'outcome' | 'nextStep' | 'reason' | 'email' | 'notes' | 'form', string>>;

const ofServer = {
  next_step_at: 'nextStep',
  email_captured: 'email',
  reason: 'reason',
  notes: 'notes',
} as const;

const messageOf = (error: unknown) => (error instanceof ApiError ? error.message : 'Try again.');

/** Takes an outcome back and says what stays; rejects with the reason. */
export function useUndoOutcome() {
  const client = useQueryClient();
  return useCallback(
    async (callId: string): Promise<boolean> => {
      try {
        const { stays } = await api<UndoneCall>('POST', `/api/calls/${callId}/undo`);
        notify.success('Taken back', stays.length > 0 ? { description: stays.join(' ') } : {});
        return true;
      } catch (error) {
        notify.error('Not taken back', { description: messageOf(error) });
        return false;
      } finally {
        void client.invalidateQueries({ queryKey: ['calls'] });
      }
    },
    [client],
  );
}

/**
 * The outcome form of a number: its draft, kept while the tab lives, and saving it.
 * @param callId the call that was placed from here, if one was
 * @param onSaved after the server has it
 * @param isSaidThere the page itself says that it was saved, and offers to take it back
 */
export function useOutcome({
  phoneId,
  callId,
  onSaved,
  isSaidThere = false,
}: {
  phoneId: string;
  callId: string | null;
  onSaved: (saved: SavedOutcome) => void;
  isSaidThere?: boolean;
}) {
  const client = useQueryClient();
  const zone = use(TimeZoneContext);
  const undo = useUndoOutcome();
  const [draft, setDraft] = useState<OutcomeDraft>(emptyDraft);
  const [errors, setErrors] = useState<OutcomeErrors>({});
  const [isSaving, setSaving] = useState(false);
  const latest = useRef(draft);
  latest.current = draft;
  const isBusy = useRef(false);

  // the number is another one: what was typed of it before
  useEffect(() => {
    setDraft(keptDraft(phoneId));
    setErrors({});
  }, [phoneId]);

  const change = useCallback(
    (part: Partial<OutcomeDraft>) => {
      const next = { ...latest.current, ...part };
      latest.current = next;
      setDraft(next);
      setErrors({});
      keepDraft(phoneId, next);
    },
    [phoneId],
  );

  /** @returns whether it was saved; what is missing stands at its field */
  const save = useCallback(async (): Promise<boolean> => {
    if (isBusy.current) return false;
    const given = latest.current;
    const lacks = missing(given, zone, Date.now());
    if (Object.keys(lacks).length > 0) {
      setErrors(lacks);
      return false;
    }
    isBusy.current = true;
    setSaving(true);
    setErrors({});
    const putBack = takeOff(client, phoneId);
    try {
      const { call, siblings } = await api<RecordedCall>(
        'POST',
        `/api/phones/${phoneId}/calls`,
        bodyOf(given, zone, callId),
      );
      keepDraft(phoneId, null);
      const said = [
        siblings > 0 && `${formatCount(siblings, 'other number')} of the owner set aside.`,
        call.followup && followupWords(call.followup, zone),
      ]
        .filter(Boolean)
        .join(' ');
      if (!isSaidThere)
        notify.success(`Saved: ${outcomeWord(call.outcome ?? '')}`, {
          ...(said && { description: said }),
          action: { label: 'Undo', onClick: () => void undo(call.id) },
        });
      void client.invalidateQueries({ queryKey: ['calls'] });
      onSaved({
        callId: call.id,
        phoneId,
        draft: given,
        reached:
          given.reached === 'confirmed' || given.reached === 'somebody_else' || isConnect(given.outcome),
        said,
      });
      return true;
    } catch (error) {
      putBack();
      setErrors(errorsOf(error));
      return false;
    } finally {
      isBusy.current = false;
      setSaving(false);
    }
  }, [client, phoneId, callId, zone, undo, onSaved, isSaidThere]);

  return { draft, change, save, errors, isSaving };
}

/** The form of one number, as its parts share it. */
export type OutcomeForm = ReturnType<typeof useOutcome>;

const connects: ReadonlySet<string> = new Set([
  'answered',
  'follow_up',
  'pending_signup',
  'closed',
  'rejected',
  'do_not_call',
]);
const isConnect = (outcome: string | null) => outcome !== null && connects.has(outcome);

function errorsOf(error: unknown): OutcomeErrors {
  if (!(error instanceof ApiError)) return { form: 'It was not saved. Try again.' };
  const fields = Object.entries(error.fields).flatMap(([name, words]) =>
    name in ofServer ? [[ofServer[name as keyof typeof ofServer], words] as const] : [],
  );
  return fields.length > 0 ? Object.fromEntries(fields) : { form: error.message };
}

/** That a mail follows, to whom and when; or why none does. */
function followupWords(followup: CallFollowup, zone: string): string {
  if (followup.status === 'planned' && followup.run_at === null)
    return followup.to
      ? `A follow-up e-mail goes to ${followup.to}.`
      : 'A follow-up e-mail is being written.';
  const state = followupState(followup, zone);
  if (!state) return '';
  return [`Follow-up e-mail: ${state.words.charAt(0).toLowerCase()}${state.words.slice(1)}.`, state.detail]
    .filter(Boolean)
    .join(' ');
}
