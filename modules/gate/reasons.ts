/** Why a message went, waits or will not go, in the words that screens show. Runs in the browser; imports nothing. */

/** What happens to a message: it goes now, it waits, or it is never sent. */
export type Verdict = 'send' | 'hold' | 'drop';

const sentences = {
  ok: 'Nothing stood against it.',
  // never sent
  suppressed_unsubscribed: 'The address has unsubscribed.',
  suppressed_bounced: 'The address doesn’t exist: a mail to it bounced.',
  suppressed_complained: 'Somebody at the address reported a mail as spam.',
  suppressed: 'The address is suppressed.',
  do_not_contact: 'The person is marked “do not contact”.',
  person_deleted: 'The person was deleted.',
  organization_do_not_contact: 'The person’s organization is not to be contacted.',
  replied: 'There is a reply.',
  mailbox_disconnected: 'The mailbox it was to go through was disconnected.',
  exited: 'The recipient has left the campaign.',
  campaign_cancelled: 'The campaign was cancelled.',
  missing_fields: 'A field that its text asks for is not known of this person.',
  broken: 'It could not be made from what is stored of it.',
  // waits
  campaign_paused: 'The campaign is paused.',
  not_started: 'The campaign has not begun.',
  provider_unset: 'No key of the mail provider is set (SPARKPOST_API_KEY).',
  no_body: 'Its text is not written yet.',
  domain_paused: 'The sending domain is paused or was deleted.',
  domain_cap: 'The sending domain has sent as many as it may today.',
  breaker_open: 'Sending from the domain has stopped after errors of the provider, and is tried again soon.',
  soft_bounced: 'The mailbox took no mail a short while ago: it rests for a day.',
  outside_hours: 'It is outside the sending hours.',
  not_a_sending_day: 'It is not one of the sending days.',
  holiday: 'It is a holiday.',
  rate_limited: 'The provider asked to wait.',
  provider_error: 'The provider had an error, and is asked again.',
  // beside another reason
  zone_unknown: 'The time zone is not known, so another one counts.',
} as const;

/** Names a reason, as it stands in `email_queue.decision`. */
export type Reason = keyof typeof sentences;

/** The sentence of a reason; an unknown one, from a newer version, as it is. */
export function reasonSentence(reason: string): string {
  return Object.hasOwn(sentences, reason) ? sentences[reason as Reason] : reason;
}

/** Every reason there is. */
export const reasons = Object.keys(sentences) as Reason[];
