import { type Decision, decide } from '@/modules/gate/domain';
import { factsOfPhone, type PhoneFactsRow, type TextFacts } from '@/modules/gate/phone';

/** What the database tells the gate of a text. */
export type TextFactsRow = {
  phone: PhoneFactsRow;
  person: { is_deleted: boolean; is_do_not_contact: boolean; organization_is_do_not_contact: boolean } | null;
  number: {
    status: 'active' | 'paused';
    breaker: 'closed' | 'open' | 'half_open';
    is_archived: boolean;
  } | null;
  batch?: { status: 'sending' | 'paused' | 'completed' | 'cancelled' } | null;
  is_answered?: boolean;
  /** Of one that is in the queue: since when. */
  created_at?: string;
};

/**
 * What the gate says of a text at an instant.
 * @param row read after the claim was committed, where it was claimed
 */
export function decideText(
  row: TextFactsRow,
  text: { purpose: TextFacts['purpose']; segments: number; isProviderSet: boolean },
  now: Date,
): Decision {
  const { person, number } = row;
  return decide(
    {
      channel: 'text',
      ...text,
      phone: factsOfPhone(row.phone),
      ...(row.created_at && { queuedAt: row.created_at }),
      person: person && {
        isDeleted: person.is_deleted,
        isDoNotContact: person.is_do_not_contact,
        organizationIsDoNotContact: person.organization_is_do_not_contact,
      },
      isAnswered: row.is_answered ?? false,
      batch: row.batch ?? null,
      number: number && { status: number.status, breaker: number.breaker, isArchived: number.is_archived },
    },
    now,
  );
}
