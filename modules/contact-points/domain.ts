/** What a contact point is and what its state means. Pure, without the metadata of phone numbers. */

export const pointKinds = ['phone', 'email', 'linkedin'] as const;
export type PointKind = (typeof pointKinds)[number];

/** Whose contact point: the links exist for these. A property has phones only, an organization no profile. */
export type PointOwner = 'person' | 'organization' | 'property';

/** Records behind a point, at most 20 of each kind. */
export type Sharer = { id: string; name: string | null; label: string | null };
export type Sharers = { people: Sharer[]; organizations: Sharer[]; properties: Sharer[] };

type Link = { label: string | null; is_primary: boolean; others?: number };
/** A phone as lists carry it. `display` is written as in the workspace's country; `others` counts up to 9. */
export type PhoneBrief = Link & {
  id: string;
  e164: string;
  display?: string;
  status: string;
  line_type: string | null;
  do_not_call: boolean;
  sms_opted_out: boolean;
};
export type EmailBrief = Link & { id: string; address: string; status: string };
export type LinkedInBrief = Link & { id: string; url: string; connection_status: string };

type DetailLink = {
  link_id: string;
  label: string | null;
  is_primary: boolean;
  source: string | null;
  sharers: Sharers;
};
/** A phone on a record's page, with everybody who shares it. */
export type PhoneDetail = DetailLink & {
  id: string;
  e164: string;
  display: string;
  status: string;
  line_type: string | null;
  do_not_call: boolean;
  do_not_call_reason: string | null;
  do_not_call_at: string | null;
  sms_opted_out_at: string | null;
  call_count: number;
  last_called_at: string | null;
};
export type EmailDetail = DetailLink & {
  id: string;
  address: string;
  status: string;
  reason: string | null;
  since: string | null;
};
export type LinkedInDetail = DetailLink & { id: string; url: string; connection_status: string };

/** How free a point is to use: `ok`, `caution` (read before use), `blocked` (don't). */
export type PointTone = 'ok' | 'caution' | 'blocked';
export type PointState = { words: string; tone: PointTone };

const emailStates: Record<string, PointState> = {
  active: { words: 'Active', tone: 'ok' },
  soft_bounced: { words: 'Bounced once', tone: 'caution' },
  hard_bounced: { words: 'Bounced', tone: 'blocked' },
  complained: { words: 'Marked as spam', tone: 'blocked' },
  unsubscribed: { words: 'Unsubscribed', tone: 'blocked' },
  suppressed: { words: 'Suppressed', tone: 'blocked' },
};

/** An e-mail's state in words. */
export function emailState(email: Pick<EmailBrief, 'status'>): PointState {
  return emailStates[email.status] ?? { words: email.status, tone: 'caution' };
}

/** A phone's state in words; the gravest first: a number that can't be dialled, one that must not, one that takes no SMS. */
export function phoneState(phone: Pick<PhoneBrief, 'status' | 'do_not_call' | 'sms_opted_out'>): PointState {
  if (phone.status === 'invalid') return { words: 'Wrong number', tone: 'blocked' };
  if (phone.status === 'disconnected') return { words: 'Disconnected', tone: 'blocked' };
  if (phone.do_not_call) return { words: 'Do not call', tone: 'blocked' };
  if (phone.sms_opted_out) return { words: 'No SMS', tone: 'caution' };
  return { words: 'Active', tone: 'ok' };
}

/** A profile's state in words. */
export function linkedInState(profile: Pick<LinkedInBrief, 'connection_status'>): PointState {
  if (profile.connection_status === 'connected') return { words: 'Connected', tone: 'ok' };
  if (profile.connection_status === 'pending') return { words: 'Invited', tone: 'ok' };
  return { words: 'Not connected', tone: 'ok' };
}

export const lineTypeWords: Readonly<Record<string, string>> = {
  mobile: 'Mobile',
  landline: 'Landline',
  voip: 'VoIP',
};

/** The best state among several points of one kind: one usable number is enough to call. */
export function bestTone(states: readonly PointState[]): PointTone {
  if (states.some(({ tone }) => tone === 'ok')) return 'ok';
  return states.some(({ tone }) => tone === 'caution') ? 'caution' : 'blocked';
}

/** Everybody behind a point in one list, the one looked at left out. */
export function otherSharers(sharers: Sharers, self: string): (Sharer & { href: string })[] {
  const of = (list: Sharer[], entity: string) =>
    list.filter(({ id }) => id !== self).map((sharer) => ({ ...sharer, href: `/${entity}/${sharer.id}` }));
  return [
    ...of(sharers.people, 'people'),
    ...of(sharers.organizations ?? [], 'organizations'),
    ...of(sharers.properties ?? [], 'properties'),
  ];
}

/** "Ada Park", "Ada Park and Bo Lin", "Ada Park, Bo Lin and 3 more". */
export function namedTogether(names: readonly string[]): string {
  const [first, second] = names;
  if (first === undefined) return '';
  if (second === undefined) return first;
  if (names.length === 2) return `${first} and ${second}`;
  return `${first}, ${second} and ${names.length - 2} more`;
}
