import type { EmailBrief, LinkedInBrief, PhoneBrief, PointState } from '@/modules/contact-points/domain';
import { emailState, linkedInState, phoneState } from '@/modules/contact-points/domain';

/** What an outreach can be about. */
export const outreachSubjects = ['owner', 'person', 'organization', 'property', 'verification'] as const;
export type OutreachSubject = { kind: (typeof outreachSubjects)[number]; id: string };

/** How somebody was reached. `dm` is a direct message anywhere, LinkedIn among others. */
export const outreachChannels = ['call', 'sms', 'email', 'in_app', 'dm'] as const;
export type OutreachChannel = (typeof outreachChannels)[number];

export const channelWords: Readonly<Record<OutreachChannel, string>> = {
  call: 'Call',
  sms: 'SMS',
  email: 'E-mail',
  in_app: 'In app',
  dm: 'Direct message',
};

/** How an attempt ended. */
export const outreachOutcomes = [
  'no_answer',
  'left_vm',
  'interested',
  'not_interested',
  'follow_up',
  'meeting_set',
] as const;
export type OutreachOutcome = (typeof outreachOutcomes)[number];

/** How it felt. */
export const sentiments = ['pos', 'neu', 'neg'] as const;
export const sentimentWords: Readonly<Record<(typeof sentiments)[number], string>> = {
  pos: 'Positive',
  neu: 'Neutral',
  neg: 'Negative',
};

/** How a preferred channel of a contact is called as a channel of an outreach. */
export const channelOfPreference: Readonly<Record<string, OutreachChannel>> = {
  phone: 'call',
  sms: 'sms',
  email: 'email',
  in_app: 'in_app',
};

/** A wording to begin with. `key` names the three that every workspace has; null for its own. */
export type OutreachTemplate = {
  id: string;
  key: 'first_touch' | 'follow_up' | 'close_won' | null;
  name: string;
  channel: OutreachChannel | null;
  subject: string | null;
  body: string;
  outcome: OutreachOutcome | null;
  next_step_days: number | null;
};

/** Somebody an outreach can go to, with the ways there. */
export type OutreachContact = {
  kind: 'person' | 'organization';
  id: string;
  name: string;
  role: string | null;
  preferred_channel: string | null;
  notes: string | null;
  emails: EmailBrief[];
  phones: PhoneBrief[];
  linkedin: LinkedInBrief[];
};

/** What the composer knows of its subject. `phones` are a property's own, which are nobody's yet. */
export type OutreachTargets = {
  name: string;
  owner_id: string | null;
  property_id: string | null;
  /** IANA zone of the workspace, in which next steps are given. */
  time_zone: string;
  next_step_at: string | null;
  contacts: OutreachContact[];
  phones: PhoneBrief[];
  templates: OutreachTemplate[];
};

/** A way to reach somebody over one channel, with what stands in its way. */
export type OutreachPoint = {
  id: string;
  column: 'phone_id' | 'email_id' | 'linkedin_id';
  label: string;
  state: PointState;
};

/**
 * The points of somebody that a channel runs over, those that may be used first. A number that takes no SMS may still be
 * called, and is only blocked for SMS.
 * @param from a contact, or a property with its own phones
 */
export function pointsFor(
  channel: OutreachChannel,
  from: {
    emails?: readonly EmailBrief[];
    phones?: readonly PhoneBrief[];
    linkedin?: readonly LinkedInBrief[];
  },
): OutreachPoint[] {
  const rank = { ok: 0, caution: 1, blocked: 2 };
  const points: OutreachPoint[] =
    channel === 'call' || channel === 'sms'
      ? (from.phones ?? []).map((phone) => ({
          id: phone.id,
          column: 'phone_id',
          label: phone.display ?? phone.e164,
          state: phoneFor(channel, phone),
        }))
      : channel === 'email'
        ? (from.emails ?? []).map((email) => ({
            id: email.id,
            column: 'email_id',
            label: email.address,
            state: emailState(email),
          }))
        : channel === 'dm'
          ? (from.linkedin ?? []).map((profile) => ({
              id: profile.id,
              column: 'linkedin_id',
              label: profile.url.replace(/^https:\/\/www\.linkedin\.com\//, ''),
              state: linkedInState(profile),
            }))
          : [];
  return points.sort((a, b) => rank[a.state.tone] - rank[b.state.tone]);
}

function phoneFor(channel: 'call' | 'sms', phone: PhoneBrief): PointState {
  if (channel === 'call') return phoneState({ ...phone, sms_opted_out: false });
  if (phone.sms_opted_out) return { words: 'Opted out of SMS', tone: 'blocked' };
  if (phone.line_type === 'landline') return { words: 'Landline: takes no SMS', tone: 'caution' };
  return phoneState(phone);
}
