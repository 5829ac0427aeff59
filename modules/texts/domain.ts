/**
 * The words of texts and the rules that need nothing but themselves. Pure, without zod and without libraries: a page's first
 * load may have it. How many segments a text takes is in `segments.ts`, which comes lazily.
 */

/** A text that takes more than this is refused: carriers may not put longer ones together again. */
export const maxSegments = 10;
/** How many characters a body may have: Twilio's limit of a message. */
export const maxBodyLength = 1600;
/** What the first text of a batch must say to a number that we never wrote to. */
export const optOutLine = 'Reply STOP to opt out';

export const textStatuses = [
  'queued',
  'sending',
  'sent',
  'failed',
  'unknown',
  'cancelled',
  'received',
] as const;
export type TextStatus = (typeof textStatuses)[number];
export const textStatusWords: Record<TextStatus, string> = {
  queued: 'Queued',
  sending: 'Being sent',
  sent: 'Sent',
  failed: 'Failed',
  unknown: 'Not known whether it went',
  cancelled: 'Not sent',
  received: 'Received',
};

/**
 * How far a text has come, by the words of Twilio's callbacks. What is told late or twice never puts it back.
 * @see https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
 */
export const deliveryRanks = {
  accepted: 1,
  scheduled: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  canceled: 5,
  failed: 6,
  undelivered: 7,
  delivered: 8,
  read: 9,
} as const;
export type Delivery = keyof typeof deliveryRanks;
export const deliveries = Object.keys(deliveryRanks) as Delivery[];
export const deliveryWords: Record<Delivery, string> = {
  accepted: 'Taken by the provider',
  scheduled: 'Taken by the provider',
  queued: 'Taken by the provider',
  sending: 'On its way',
  sent: 'Sent',
  canceled: 'Cancelled by the provider',
  failed: 'Failed',
  undelivered: 'Not delivered',
  delivered: 'Delivered',
  read: 'Read',
};
export const isDelivery = (word: string): word is Delivery => Object.hasOwn(deliveryRanks, word);

/** One word for where a text stands: what the provider told of one that was sent, else its place in the queue. */
export function textStateWord(text: { status: TextStatus; delivery: Delivery | null }): string {
  return text.status === 'sent' && text.delivery
    ? deliveryWords[text.delivery]
    : textStatusWords[text.status];
}

export const batchStatuses = ['sending', 'paused', 'completed', 'cancelled'] as const;
export type BatchStatus = (typeof batchStatuses)[number];
export const batchStatusWords: Record<BatchStatus, string> = {
  sending: 'Sending',
  paused: 'Paused',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

/** What the texts of a batch are counted and opened by: the state of the queue, or what the provider told of one that went. */
export const batchStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'unknown',
  'cancelled',
] as const;
export type BatchState = (typeof batchStates)[number];
export const batchStateWords: Record<BatchState, string> = {
  queued: 'Waiting',
  sending: 'Being sent',
  sent: 'Sent',
  delivered: 'Delivered',
  undelivered: 'Not delivered',
  failed: 'Failed',
  unknown: 'Not known whether it went',
  cancelled: 'Not sent',
};

/** Why somebody who was chosen gets no text of a batch. */
export const leftOutReasons = [
  'no_number',
  'do_not_contact',
  'number_invalid',
  'do_not_call',
  'opted_out',
  'landline',
  'number_shared',
  'missing_fields',
  'too_long',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];
export const leftOutWords: Record<LeftOutReason, string> = {
  no_number: 'No phone number',
  do_not_contact: 'Not to be contacted',
  number_invalid: 'Every number is invalid',
  do_not_call: 'Marked do not call',
  opted_out: 'Opted out of texts',
  landline: 'Only a landline',
  number_shared: 'Their number gets it through somebody else',
  missing_fields: 'A field of the text has no value for them',
  too_long: `Takes more than ${maxSegments} segments`,
};

/** What a text can say of whom it goes to. The database fills them: `text_fields`. */
export const textFieldWords = {
  first_name: 'First name',
  last_name: 'Last name',
  full_name: 'Full name',
  title: 'Title',
  company: 'Company',
  city: 'City',
  state: 'State',
  property_name: 'Property',
  property_address: 'Property address',
  property_city: 'Property city',
  market: 'Market',
  units: 'Units',
  owner_name: 'Owner',
  sender_name: 'Your name',
} as const;
export type TextField = keyof typeof textFieldWords;
export const textFields = Object.keys(textFieldWords) as TextField[];

/** A field in words; one that nobody has stays as it is. */
export const textFieldWord = (name: string) =>
  Object.hasOwn(textFieldWords, name) ? textFieldWords[name as TextField] : name;

/** What a person reads where fields have no value. */
export const missingSentence = (names: readonly string[]) =>
  `No value for ${names.map((name) => `${textFieldWord(name)} ({{ ${name} }})`).join(', ')}`;

/** What a person reads of a text that is too long. */
export const tooLongSentence = (segments: number) =>
  `This takes ${segments} segments; a text may take at most ${maxSegments}`;

/** What STOP is answered, once (CTIA Messaging Principles, 5.1.3). */
export const stopAnswer = (workspace: string) =>
  `You are unsubscribed from ${workspace} and will get no more texts from us. Reply START to get them again.`;
/** What START is answered. */
export const startAnswer = (workspace: string) =>
  `You will get texts from ${workspace} again. Reply HELP for help, STOP to opt out.`;
/** What HELP is answered. */
export const helpAnswer = (workspace: string) =>
  `${workspace}: we write to owners about their properties. Message and data rates may apply. Reply STOP to opt out.`;
