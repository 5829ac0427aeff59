import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import { sparkpostProblem } from '@/lib/providers/sparkpost';
import type { Client } from '@/lib/supabase/server';
import { decodeCursor, encodeCursor } from '@/modules/records/cursor';
import { requireId } from '@/modules/records/service';
import { capOfDay, warmupCaps } from '@/modules/sending/domain';
import { askedFigure, type OutboxState } from './domain';
import { type CapOn, draftMails, forecastEnd, planWeek } from './forecast';
import { type EmailStory, type RawStory, tellStory } from './story';
import type {
  CampaignAnalytics,
  DomainHealth,
  DomainState,
  Hours,
  OutboxEmail,
  OutboxPage,
  Queued,
  QueuedStep,
  SendingOutlook,
} from './types';

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });

const capOn: CapOn = ({ daily_cap, warmup_started_on }, day) => capOfDay(daily_cap, warmup_started_on, day);

/** A domain with today's cap, and how far its warm-up is. */
function withCap(domain: DomainState, today: string): DomainHealth {
  const { daily_cap: cap, warmup_started_on: since } = domain;
  const days = since === null ? 0 : warmupDays(cap);
  const day = since === null ? 0 : Math.round((Date.parse(today) - Date.parse(since)) / 86_400_000) + 1;
  const isWarm = since === null || day > days;
  return {
    ...domain,
    today: {
      cap: capOfDay(cap, since, today),
      day: isWarm ? null : Math.max(day, 1),
      days: isWarm ? null : days,
    },
  };
}

/** How many days it takes until a domain may send its cap. */
function warmupDays(cap: number): number {
  const warm = warmupCaps.findIndex((allowed) => allowed >= cap);
  return warm === -1 ? warmupCaps.length : warm;
}

/** Campaigns in these states send what is queued. */
const running = ['scheduled', 'sending'];

type RawAnalytics = Omit<CampaignAnalytics, 'domains' | 'forecast'> & {
  domains: DomainState[];
  waiting: QueuedStep[];
  under_way: QueuedStep[];
  queues: Queued[];
  entry_step_id: string | null;
};

/**
 * The figures of a campaign by step, variant and domain, with the day on which its last mail goes. One round trip.
 * @throws {AppError} `not_found` for a stranger, a stranger's campaign and a deleted one
 */
export async function getCampaignAnalytics(
  supabase: Client,
  workspaceId: string,
  campaignId: string,
  now = new Date(),
): Promise<CampaignAnalytics> {
  const raw = unwrap(
    await supabase.rpc('campaign_analytics', { workspace: workspaceId, campaign: requireId(campaignId) }),
  ) as unknown as RawAnalytics;
  const { waiting, under_way, queues, domains, entry_step_id, ...told } = raw;
  const { campaign, steps, recipients, today, time_zone: zone } = told;
  const forecast = forecastEnd({
    hours: campaign,
    steps,
    waiting:
      campaign.status === 'draft'
        ? draftMails({
            entry: entry_step_id,
            count: recipients.selected ?? 0,
            startsAt: campaign.starts_at,
            today,
            zone,
            domains,
          })
        : waiting,
    underWay: under_way,
    queues,
    isRunning: running.includes(campaign.status),
    domains,
    zone,
    now,
    capOn,
  });
  return { ...told, domains: domains.map((domain) => withCap(domain, today)), forecast };
}

/**
 * The sending domains with their health, and what they can send and would send in the next seven days. One round trip.
 * @throws {AppError} `not_found` for a stranger
 */
export async function getSendingOutlook(
  supabase: Client,
  workspaceId: string,
  now = new Date(),
): Promise<SendingOutlook> {
  const raw = unwrap(await supabase.rpc('sending_outlook', { workspace: workspaceId })) as unknown as {
    time_zone: string;
    today: string;
    domains: DomainState[];
    queues: Queued[];
    windows: { start: string; end: string; days: number[]; skip_holidays: boolean }[];
  };
  const windows = raw.windows.map(
    ({ start, end, days, skip_holidays }): Hours => ({
      hours_start: start,
      hours_end: end,
      days,
      skip_holidays,
    }),
  );
  const { week, later } = planWeek({
    domains: raw.domains,
    queues: raw.queues,
    windows,
    zone: raw.time_zone,
    now,
    capOn,
  });
  return {
    time_zone: raw.time_zone,
    today: raw.today,
    domains: raw.domains.map((domain) => withCap(domain, raw.today)),
    week,
    later,
  };
}

/**
 * One page of mails: what waits with the next first, anything else with the latest first. One round trip.
 * @param options.cursor `nextCursor` of the page before
 * @throws {AppError} `not_found` for a stranger, `invalid` for a cursor that isn't of such a list
 */
export async function listOutbox(
  supabase: Client,
  workspaceId: string,
  state: Partial<OutboxState> & Pick<OutboxState, 'view'>,
  options: { cursor?: string; limit: number } = { limit: 50 },
): Promise<OutboxPage> {
  const ascending = state.view === 'waiting';
  const order = { sort: 'outbox', dir: ascending ? 'asc' : 'desc' } as const;
  const after = options.cursor === undefined ? null : decodeCursor(options.cursor, order);
  const figure = askedFigure({ view: state.view, figure: state.figure ?? null });
  const { campaign, step, variant, domain, person, days, to } = state;
  const page = unwrap(
    await supabase.rpc('list_outbox', {
      workspace: workspaceId,
      filter: {
        ...(figure && { figure }),
        ...(campaign && { campaign }),
        ...(step && { step }),
        ...(variant !== null && variant !== undefined && { variant }),
        ...(domain && { domain }),
        ...(person && { person }),
        ...(days && { days }),
        ...(to && { to }),
      },
      ascending,
      page_size: options.limit,
      ...(after && { after_at: after.value, after_id: after.id }),
    }),
  ) as unknown as Omit<OutboxPage, 'nextCursor'>;
  const rows = page.rows.slice(0, options.limit);
  const last = page.rows.length > options.limit ? rows.at(-1) : undefined;
  return { ...page, rows, nextCursor: last ? encodeCursor({ ...order, value: last.at, id: last.id }) : null };
}

/** One mail with its body and its events. @throws {AppError} `not_found` */
export async function getOutboxEmail(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<OutboxEmail> {
  const mail = unwrap(
    await supabase.rpc('get_outbox_email', { workspace: workspaceId, email: requireId(id) }),
  ) as unknown as OutboxEmail | null;
  if (!mail) throw notFound();
  return mail;
}

/**
 * What a person got, will get and will not get. One round trip.
 * @throws {AppError} `not_found` for a stranger, and where there is no such person
 */
export async function getEmailStory(
  supabase: Client,
  workspaceId: string,
  personId: string,
  now = new Date(),
): Promise<EmailStory> {
  const raw = unwrap(
    await supabase.rpc('person_email_story', { workspace: workspaceId, person: requireId(personId) }),
  ) as unknown as RawStory | null;
  if (!raw) throw notFound();
  return tellStory(raw, now, sparkpostProblem() === null);
}

/** What the mails of an outbox are narrowed to, by name; what is gone or a stranger's has none. */
export async function findOutboxNames(
  supabase: Client,
  workspaceId: string,
  { campaign, step, domain, person }: Pick<OutboxState, 'campaign' | 'step' | 'domain' | 'person'>,
): Promise<{ campaign?: string; step?: string; domain?: string; person?: string }> {
  const named = async (
    table: 'campaigns' | 'campaign_steps',
    id: string | null,
  ): Promise<string | undefined> => {
    if (!id) return undefined;
    return unwrap(
      await supabase.from(table).select('name').eq('workspace_id', workspaceId).eq('id', id).maybeSingle(),
    )?.name;
  };
  const readDomain = async () =>
    domain
      ? unwrap(
          await supabase
            .from('sending_domains')
            .select('domain')
            .eq('workspace_id', workspaceId)
            .eq('id', domain)
            .maybeSingle(),
        )?.domain
      : undefined;
  const readPerson = async () =>
    person
      ? unwrap(
          await supabase
            .from('people')
            .select('display_name')
            .eq('workspace_id', workspaceId)
            .eq('id', person)
            .maybeSingle(),
        )?.display_name
      : undefined;
  const [campaignName, stepName, domainName, personName] = await Promise.all([
    named('campaigns', campaign),
    named('campaign_steps', step),
    readDomain(),
    readPerson(),
  ]);
  return {
    ...(campaignName && { campaign: campaignName }),
    ...(stepName && { step: stepName }),
    ...(domainName && { domain: domainName }),
    ...(personName && { person: personName }),
  };
}
