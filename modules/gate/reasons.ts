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
  outcome_undone: 'The outcome of the call that it follows was taken back.',
  mailbox_disconnected: 'The mailbox it was to go through was disconnected.',
  exited: 'The recipient has left the campaign.',
  answered: 'They answered a call or a text: what was queued for them has stopped.',
  campaign_cancelled: 'The campaign was cancelled.',
  missing_fields: 'A field that its text asks for is not known of this person.',
  broken: 'It could not be made from what is stored of it.',
  do_not_call: 'The number is on the do-not-call list: neither calls nor texts go to it.',
  opted_out: 'The number has opted out of texts. They can text START to lift that.',
  number_invalid: 'The number doesn’t work. Correct it, or call another one.',
  nobody_behind: 'Nobody behind this number may be contacted: they are deleted or marked “do not contact”.',
  landline: 'The number is a landline, which takes no texts. Call it instead.',
  too_long: 'The text is longer than 10 segments. Shorten it.',
  batch_cancelled: 'The text to many was cancelled.',
  answer_late: 'It answers a text of more than five minutes ago: so late it is a text nobody asked for.',
  cancelled: 'Somebody took it out of the queue.',
  // waits
  campaign_paused: 'The campaign is paused.',
  not_started: 'The campaign has not begun.',
  provider_unset:
    'No key of the provider is set: SPARKPOST_API_KEY for mails, TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN for calls and texts.',
  no_body: 'Its text is not written yet.',
  domain_paused: 'The sending domain is paused or was deleted.',
  domain_cap: 'The sending domain has sent as many as it may today.',
  breaker_open: 'Sending has stopped after errors of the provider, and is tried again soon.',
  soft_bounced: 'The mailbox took no mail a short while ago: it rests for a day.',
  outside_hours: 'It is outside the sending hours.',
  not_a_sending_day: 'It is not one of the sending days.',
  holiday: 'It is a holiday.',
  rate_limited: 'The provider asked to wait.',
  provider_error: 'The provider had an error, and is asked again.',
  batch_paused: 'The text to many is paused.',
  claimed: 'Somebody else has this number open. An administrator can take it over.',
  closed: 'It ended with “Closed”. Lift the hold to call again.',
  rejected: 'They said no. Lift the hold to call again.',
  wrong_person: 'It reached the wrong person. Lift the hold to call again.',
  set_aside: 'The owner was reached at another number. Lift the hold to call this one all the same.',
  held_by_hand: 'Somebody took the number off the list. Lift the hold to call it.',
  locked_number: 'The number was called a short while ago, and rests.',
  locked_person: 'Somebody behind this number was reached a short while ago, and rests.',
  locked_property: 'Somebody of a property behind this number was reached a short while ago, so it rests.',
  call_cap: 'The number was called as often as it may be within 24 hours.',
  text_cap: 'The number was texted as often as it may be within 24 hours.',
  quiet_hours: 'It is outside the calling hours where the number may lie.',
  number_paused:
    'Our number is paused or was removed. Choose another one, or resume it in Settings → Numbers.',
  number_cap: 'Our number has sent as many texts as it may today.',
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
