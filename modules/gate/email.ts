/** What the gate asks of a mail. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Decision } from './domain';
import type { Reason } from './reasons';
import { closedReason, knownZone, nextOpening, type SendingWindow } from './window';

/** All that is asked of a mail. A part that it doesn't have is null. */
export type MailFacts = {
  channel?: 'email';
  /** A test asks for nothing but that the address may be written to; a `followup` is what comes by itself after a call. */
  purpose: 'campaign' | 'test' | 'direct' | 'followup';
  /** It goes through somebody's own mailbox, so no sending domain is asked; a `direct` mail always does. */
  isThroughMailbox?: boolean;
  /** `since`: when the status began, ISO 8601. */
  address: {
    status: 'active' | 'soft_bounced' | 'hard_bounced' | 'complained' | 'unsubscribed' | 'suppressed';
    since: string | null;
  } | null;
  person: { isDeleted: boolean; isDoNotContact: boolean; organizationIsDoNotContact: boolean } | null;
  /** For a `followup`: what happened since the call. */
  recipient: { exitReason: string | null; hasReplied: boolean } | null;
  campaign: {
    status: string;
    startsAt: string | null;
    /** Whether a reply ends it. */
    exitsOnReply: boolean;
    window: SendingWindow;
    zoneOf: 'campaign' | 'recipient';
    timeZone: string;
  } | null;
  /** The recipient's zone, where it is known. */
  recipientZone: string | null;
  workspaceZone: string;
  domain: { status: 'active' | 'paused'; breaker: 'closed' | 'open' | 'half_open' } | null;
  hasBody: boolean;
  isProviderSet: boolean;
};

const DAY_MS = 86_400_000;

const suppressions: Partial<Record<NonNullable<MailFacts['address']>['status'], Reason>> = {
  unsubscribed: 'suppressed_unsubscribed',
  hard_bounced: 'suppressed_bounced',
  complained: 'suppressed_complained',
  suppressed: 'suppressed',
};

const exits: Record<string, Reason> = {
  replied: 'replied',
  answered: 'answered',
  undone: 'outcome_undone',
  unsubscribed: 'suppressed_unsubscribed',
  bounced: 'suppressed_bounced',
  complained: 'suppressed_complained',
  suppressed: 'suppressed',
  do_not_contact: 'do_not_contact',
  cancelled: 'campaign_cancelled',
};

/** What forbids it for good. */
function dropReason({ purpose, address, person, recipient, campaign }: MailFacts): Reason | null {
  const suppression = address && suppressions[address.status];
  if (suppression) return suppression;
  if (purpose === 'test') return null;
  if (person?.isDeleted) return 'person_deleted';
  if (person?.isDoNotContact) return 'do_not_contact';
  if (person?.organizationIsDoNotContact) return 'organization_do_not_contact';
  if (campaign?.status === 'cancelled') return 'campaign_cancelled';
  if (recipient?.hasReplied && (purpose === 'followup' || campaign?.exitsOnReply)) return 'replied';
  // one that failed is sent again only when a person asks for it
  if (recipient?.exitReason && recipient.exitReason !== 'failed')
    return exits[recipient.exitReason] ?? 'exited';
  return null;
}

type Hold = { reason: Reason; until?: string };

/** What forbids it for now, whatever the clock shows. */
function holdOf(
  { purpose, isThroughMailbox, address, campaign, domain, hasBody, isProviderSet }: MailFacts,
  now: number,
): Hold | null {
  if (purpose === 'campaign') {
    if (campaign?.status === 'paused') return { reason: 'campaign_paused' };
    if (campaign?.startsAt && Date.parse(campaign.startsAt) > now)
      return { reason: 'not_started', until: new Date(campaign.startsAt).toISOString() };
  }
  if (!isProviderSet) return { reason: 'provider_unset' };
  if (!hasBody) return { reason: 'no_body' };
  const needsDomain = purpose !== 'direct' && !isThroughMailbox;
  if (needsDomain && domain?.status !== 'active') return { reason: 'domain_paused' };
  if (domain?.breaker === 'open') return { reason: 'breaker_open' };
  if (purpose !== 'test' && address?.status === 'soft_bounced' && address.since) {
    const until = Date.parse(address.since) + DAY_MS;
    if (until > now) return { reason: 'soft_bounced', until: new Date(until).toISOString() };
  }
  return null;
}

/** Whether a mail may go now; see `decide`. */
export function decideMail(facts: MailFacts, now: Date): Decision {
  const at = now.toISOString();
  const drop = dropReason(facts);
  if (drop) return { verdict: 'drop', reason: drop, at };
  const hold = holdOf(facts, now.getTime());
  if (hold) return { verdict: 'hold', ...hold, at };
  const { campaign, purpose } = facts;
  if (purpose !== 'campaign' || !campaign) return { verdict: 'send', reason: 'ok', at };

  const { zone, isFallback } = knownZone([
    ...(campaign.zoneOf === 'recipient' ? [facts.recipientZone] : []),
    campaign.timeZone,
    facts.workspaceZone,
  ]);
  const clock = { zone, ...(isFallback && { note: 'zone_unknown' as const }) };
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const closed = closedReason(campaign.window, instant.toZonedDateTimeISO(zone));
  if (!closed) return { verdict: 'send', reason: 'ok', ...clock, at };
  const opens = nextOpening(campaign.window, instant, zone);
  return {
    verdict: 'hold',
    reason: closed,
    ...(opens && { until: new Date(opens.epochMilliseconds).toISOString() }),
    ...clock,
    at,
  };
}
