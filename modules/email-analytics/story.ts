/**
 * What a person got, will get and will not get, from what the database tells of them. Pure; on the server alone, for the
 * hours of what is expected need Temporal.
 */
import { Temporal } from 'temporal-polyfill';
import { type Decision, decide } from '@/modules/gate/domain';
import { knownZone, nextOpening } from '@/modules/gate/window';
import type { AnalyticsEdge, AnalyticsStep, Hours, OutboxRow } from './types';

type AddressStatus =
  | 'active'
  | 'soft_bounced'
  | 'hard_bounced'
  | 'complained'
  | 'unsubscribed'
  | 'suppressed';

/** The answer of `person_email_story`. */
export type RawStory = {
  seen_at: string;
  time_zone: string;
  person: { id: string; name: string; lead_status: string; deleted_at: string | null };
  blocked_organization: { id: string; name: string } | null;
  addresses: {
    id: string;
    address: string;
    status: AddressStatus;
    reason: string | null;
    since: string | null;
    label: string | null;
    is_primary: boolean;
  }[];
  mails: (OutboxRow & { step_id: string | null; recipient_id: string | null; email_id: string | null })[];
  campaigns: {
    recipient_id: string;
    status: 'selected' | 'staged' | 'active' | 'done';
    exit_reason: string | null;
    exited_at: string | null;
    email_id: string;
    current_step_id: string | null;
    next_email_at: string | null;
    replied_at: string | null;
    at: string;
    campaign: Hours & {
      id: string;
      name: string;
      status: string;
      starts_at: string | null;
      exits_on_reply: boolean;
      time_zone: string;
    };
    entry_step_id: string | null;
    steps: Omit<AnalyticsStep, 'subjects'>[];
  }[];
  /** Campaigns that this person was chosen for and is not in; `reason` as of the campaigns' `leftOutReasons`. */
  left_out: { at: string; reason: string; campaign: { id: string; name: string; status: string } }[];
  answers: {
    id: string;
    at: string;
    from_address: string;
    subject: string | null;
    kind: 'reply' | 'possible' | 'auto_reply' | 'delivery_failure';
    email_queue_id: string | null;
  }[];
};

/** A mail that follows if its condition holds when its time has come. */
export type ExpectedMail = {
  key: string;
  step: string;
  /** After which mail. */
  after: string;
  condition: AnalyticsEdge['condition'];
  /** The earliest instant, ISO 8601; null where it hangs on a mail whose own time isn't known. */
  at: string | null;
};
export type CampaignStory = {
  recipient_id: string;
  campaign: { id: string; name: string; status: string };
  status: RawStory['campaigns'][number]['status'];
  exit_reason: string | null;
  exited_at: string | null;
  expected: ExpectedMail[];
};
/** What a person's page of e-mails tells. */
export type EmailStory = {
  time_zone: string;
  person: RawStory['person'];
  /** Each address with what the gate answers for it now, its hours and domains aside. */
  addresses: (RawStory['addresses'][number] & { gate: Decision })[];
  got: OutboxRow[];
  coming: OutboxRow[];
  not_coming: OutboxRow[];
  campaigns: CampaignStory[];
  left_out: RawStory['left_out'];
  answers: RawStory['answers'];
};

const coming: readonly OutboxRow['status'][] = ['staged', 'queued', 'sending'];
/** Enough to tell the plan; a graph with circles has no end. */
const mostExpected = 12;

function delayed(at: string | null, { days, hours, minutes }: AnalyticsEdge): string | null {
  if (at === null) return null;
  return new Date(Date.parse(at) + ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString();
}

/** The first instant within a campaign's hours. */
function opened(
  at: string | null,
  campaign: RawStory['campaigns'][number]['campaign'],
  now: Date,
  workspaceZone: string,
) {
  if (at === null) return null;
  const { zone } = knownZone([campaign.time_zone, workspaceZone]);
  const opens = nextOpening(
    {
      start: campaign.hours_start,
      end: campaign.hours_end,
      days: campaign.days,
      skipHolidays: campaign.skip_holidays,
    },
    Temporal.Instant.fromEpochMilliseconds(Math.max(Date.parse(at), now.getTime())),
    zone,
  );
  return opens ? new Date(opens.epochMilliseconds).toISOString() : null;
}

/**
 * The mails that may follow for a recipient who is under way: each way on from the mail they are at, and on along the one
 * that is gone where nobody answers.
 */
export function expectedMails(
  entry: RawStory['campaigns'][number],
  mails: RawStory['mails'],
  now: Date,
  workspaceZone: string,
): ExpectedMail[] {
  if (entry.status === 'done' || entry.campaign.status === 'cancelled') return [];
  const steps = new Map(entry.steps.map((step) => [step.id, step]));
  const own = mails.filter((mail) => mail.recipient_id === entry.recipient_id);
  const waiting = own.find((mail) => coming.includes(mail.status));
  const sent = own.find((mail) => mail.step_id === entry.current_step_id && mail.sent_at !== null);
  let from = waiting ? waiting.step_id : entry.current_step_id;
  let at = waiting ? waiting.run_at : (sent?.sent_at ?? null);
  const found: ExpectedMail[] = [];
  while (from && found.length < mostExpected) {
    const step = steps.get(from);
    if (!step) break;
    for (const edge of step.edges) {
      found.push({
        key: `${entry.recipient_id}-${found.length}`,
        step: steps.get(edge.to)?.name ?? 'An e-mail',
        after: step.name,
        condition: edge.condition,
        at: opened(delayed(at, edge), entry.campaign, now, workspaceZone),
      });
    }
    const silent = step.edges.find(({ condition }) => condition === 'no_reply' || condition === 'always');
    from = silent?.to ?? null;
    at = silent ? opened(delayed(at, silent), entry.campaign, now, workspaceZone) : null;
  }
  return found;
}

/**
 * The three lists of a person's page, and the gate's answer for each address: whether a mail that somebody writes to it
 * now would go, by everything that is known of the address and the person.
 * @param isProviderSet whether a mail provider's key is set
 */
export function tellStory(raw: RawStory, now: Date, isProviderSet: boolean): EmailStory {
  const person = {
    isDeleted: raw.person.deleted_at !== null,
    isDoNotContact: raw.person.lead_status === 'do_not_contact',
    organizationIsDoNotContact: raw.blocked_organization !== null,
  };
  return {
    time_zone: raw.time_zone,
    person: raw.person,
    addresses: raw.addresses.map((address) => ({
      ...address,
      gate: decide(
        {
          purpose: 'direct',
          address: { status: address.status, since: address.since },
          person,
          recipient: null,
          campaign: null,
          recipientZone: null,
          workspaceZone: raw.time_zone,
          domain: null,
          hasBody: true,
          isProviderSet,
        },
        now,
      ),
    })),
    got: raw.mails.filter((mail) => mail.sent_at !== null),
    // the next first
    coming: raw.mails.filter((mail) => coming.includes(mail.status)).reverse(),
    not_coming: raw.mails.filter((mail) => mail.sent_at === null && !coming.includes(mail.status)),
    campaigns: raw.campaigns.map((entry) => ({
      recipient_id: entry.recipient_id,
      campaign: { id: entry.campaign.id, name: entry.campaign.name, status: entry.campaign.status },
      status: entry.status,
      exit_reason: entry.exit_reason,
      exited_at: entry.exited_at,
      expected: expectedMails(entry, raw.mails, now, raw.time_zone),
    })),
    left_out: raw.left_out,
    answers: raw.answers,
  };
}
