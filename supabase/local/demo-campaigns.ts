/**
 * A campaign of the demo that has been under way for two weeks, and goes on as soon as the app runs: some mails are due, some
 * follow-ups too. What happened is applied by the functions that apply it in life: went out, events, replies.
 */
import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { sealToken } from '@/lib/token-cipher';
import { renderStep } from '@/modules/campaigns/render';
import type { Fields, Snapshot } from '@/modules/campaigns/schema';
import {
  type DemoStep,
  demoDomains,
  demoDraft,
  demoDraftRecipients,
  demoFate,
  demoMailbox,
  demoRecipients,
  demoReplies,
  demoSender,
  demoSequence,
  demoWaiting,
  demoYoungFrom,
} from './demo-data/campaigns';
import type { StackAddress } from './stack';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days between the first mail of the first recipient and now, and until a mail that is due is left to the demo's own crons. */
const begunDaysAgo = 13;
const leftToCronsDays = 1;

type Recipient = {
  id: string;
  person_id: string;
  email_id: string;
  address: string;
  name: string;
  thread_token: string;
  variant: number;
};
type Domain = { id: string; domain: string };
type Mail = {
  id: string;
  recipient: Recipient;
  place: number;
  step: number;
  atMs: number;
  messageId: string;
};

/**
 * Fills the demo workspace with a running campaign and a draft.
 * @param users the demo's colleagues; the second one sends
 * @param now milliseconds; the past ends there
 */
export async function seedCampaigns(
  stack: StackAddress,
  sql: postgres.Sql,
  { workspaceId, users, now }: { workspaceId: string; users: readonly string[]; now: number },
): Promise<void> {
  const refreshToken = await connectMailbox(stack.env);
  await sql.begin(async (transaction) => {
    // a seed is nobody's deed, and may do what machines may
    await transaction`select set_config('app.import_id', 'demo', true), set_config('request.jwt.claim.role', 'service_role', true)`;
    const made = await makeSender(transaction, workspaceId, {
      user: users[1] ?? users[0] ?? null,
      now,
      seal: refreshToken
        ? { refreshToken, key: stack.env.TOKEN_ENCRYPTION_KEY ?? '', address: demoMailbox }
        : null,
    });
    await runSequence(transaction, workspaceId, { ...made, user: users[1] ?? users[0] ?? null, now });
    await makeDraft(transaction, workspaceId, { sender: made.sender, user: users[0] ?? null, now });
  });
}

/** Lets the demo's colleague allow the use of a mailbox, as they would in the browser. @returns a refresh token, or null where no Gmail runs */
async function connectMailbox(env: Readonly<Record<string, string>>): Promise<string | null> {
  const { GOOGLE_OAUTH_URL: origin, GOOGLE_CLIENT_ID: client_id, GOOGLE_CLIENT_SECRET: client_secret } = env;
  if (!origin || !client_id || !client_secret) return null;
  const redirect_uri = `${env.APP_URL}/api/mailboxes/callback`;
  const scope = 'https://www.googleapis.com/auth/gmail.readonly https://www.googleapis.com/auth/gmail.send';
  const allowed = await fetch(`${origin}/o/oauth2/v2/auth`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      client_id,
      redirect_uri,
      scope,
      state: 'demo',
      response_type: 'code',
      address: demoMailbox,
      decision: 'allow',
    }),
  });
  const code = new URL(allowed.headers.get('location') ?? redirect_uri).searchParams.get('code');
  if (!code) return null;
  const answer = await fetch(`${origin}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      client_id,
      client_secret,
      redirect_uri,
    }),
  });
  return ((await answer.json()) as { refresh_token?: string }).refresh_token ?? null;
}

async function makeSender(
  sql: postgres.TransactionSql,
  workspace_id: string,
  given: {
    user: string | null;
    now: number;
    seal: { refreshToken: string; key: string; address: string } | null;
  },
): Promise<{ sender: string; mailbox: string | null; domains: Domain[] }> {
  let mailbox: string | null = null;
  if (given.seal) {
    mailbox = randomUUID();
    await sql`insert into public.mailboxes ${sql({ id: mailbox, workspace_id, user_id: given.user, address: given.seal.address })}`;
    const refresh_token = sealToken(given.seal.refreshToken, { key: given.seal.key, boundTo: mailbox });
    await sql`insert into public.mailbox_tokens ${sql({ workspace_id, mailbox_id: mailbox, refresh_token })}`;
  }
  const domains: Domain[] = [];
  for (const { domain, warmup_days_ago } of demoDomains) {
    const [row] = await sql<Domain[]>`insert into public.sending_domains ${sql({
      workspace_id,
      domain,
      // quicker than the usual pace: somebody is watching
      interval_seconds: 40,
      jitter_seconds: 20,
      daily_cap: 80,
      warmup_started_on:
        warmup_days_ago === null
          ? null
          : new Date(given.now - warmup_days_ago * DAY_MS).toISOString().slice(0, 10),
      created_by: given.user,
    })} returning id, domain`;
    if (row) domains.push(row);
  }
  const [sender] = await sql<{ id: string }[]>`insert into public.senders ${sql({
    ...demoSender,
    workspace_id,
    mailbox_id: mailbox,
    created_by: given.user,
  })} returning id`;
  return { sender: sender?.id ?? '', mailbox, domains };
}

/** A draft with its mails and its recipients, the next people with an address that may be written to. */
async function makeCampaign(
  sql: postgres.TransactionSql,
  workspace_id: string,
  given: {
    name: string;
    steps: readonly DemoStep[];
    sender: string;
    user: string | null;
    recipients: number;
    contactType: string | null;
    atMs: number;
  },
): Promise<{ campaign: string; steps: string[]; recipients: Recipient[] }> {
  const created_at = new Date(given.atMs).toISOString();
  const [campaign] = await sql<{ id: string }[]>`insert into public.campaigns ${sql({
    workspace_id,
    name: given.name,
    sender_id: given.sender,
    time_zone: 'America/Chicago',
    // whoever looks at the demo at night or on a Sunday sees it live too
    hours_start: '00:00',
    hours_end: '23:59',
    days: [1, 2, 3, 4, 5, 6, 7],
    stop_scope: 'owner',
    created_by: given.user,
    created_at,
  })} returning id`;
  const id = campaign?.id ?? '';
  const steps = given.steps.map(() => randomUUID());
  const graph = {
    entry_step_id: steps[0],
    steps: given.steps.map(({ name, subjects, sections }, n) => ({
      id: steps[n],
      name,
      subjects,
      sections: sections.map((section) => ({ id: randomUUID(), ...section })),
    })),
    edges: given.steps.flatMap(({ edges }, n) =>
      edges.map(({ to, days, condition }) => ({
        from: steps[n],
        to: steps[to],
        days,
        hours: 0,
        minutes: 0,
        condition,
      })),
    ),
  };
  await sql`select private.save_campaign_steps(${workspace_id}, ${id}, 1, ${sql.json(graph as unknown as postgres.JSONValue)})`;
  const recipients = await sql<Recipient[]>`
    with chosen as (
      select distinct on (e.id) p.id as person_id, e.id as email_id, e.address, p.display_name as name, p.created_at
        from public.people p
        join public.person_emails l on l.workspace_id = p.workspace_id and l.person_id = p.id and l.is_primary
        join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id and e.status = 'active'
       where p.workspace_id = ${workspace_id} and p.deleted_at is null and p.lead_status in ('new', 'warm')
         and (${given.contactType}::text is null or ${given.contactType}::text = any (p.contact_types))
         and not exists (select 1 from public.campaign_recipients r where r.workspace_id = p.workspace_id and (r.person_id = p.id or r.email_id = e.id))
       order by e.id, p.id
    ), once as (
      select distinct on (c.person_id) c.* from chosen c order by c.person_id
    ), kept as (
      insert into public.campaign_recipients (workspace_id, campaign_id, person_id, email_id, variant, created_at)
      select ${workspace_id}, ${id}, o.person_id, o.email_id, (row_number() over (order by o.email_id) - 1) % 2, ${created_at}::timestamptz
        from once o order by o.email_id limit ${given.recipients}
      returning id, person_id, email_id, thread_token, variant
    )
    select k.*, o.address, o.name from kept k join once o using (person_id) order by k.email_id`;
  return { campaign: id, steps, recipients };
}

/** Which domain writes to a recipient: each in turn. */
function domainOf(domains: readonly Domain[], place: number): Domain | undefined {
  const there = place < demoYoungFrom ? domains.slice(0, -1) : domains;
  return there[place % there.length];
}

async function runSequence(
  sql: postgres.TransactionSql,
  workspace_id: string,
  given: {
    sender: string;
    mailbox: string | null;
    domains: readonly Domain[];
    user: string | null;
    now: number;
  },
): Promise<void> {
  const { now, domains } = given;
  const begun = now - begunDaysAgo * DAY_MS;
  const { campaign, steps, recipients } = await makeCampaign(sql, workspace_id, {
    ...given,
    name: 'Master leases: Sun Belt owners',
    steps: demoSequence,
    recipients: demoRecipients,
    contactType: null,
    atMs: begun - DAY_MS,
  });
  await sql`select private.launch_campaign(${workspace_id}, ${campaign}, 2)`;
  const [launch] = await sql<{ id: string; snapshot: Snapshot }[]>`
    select id, snapshot from public.campaign_launches where workspace_id = ${workspace_id} and campaign_id = ${campaign}`;
  if (!launch) throw new Error('The demo’s campaign could not be launched');
  const launched = new Date(begun).toISOString();
  await sql`update public.campaigns set status = 'sending', launched_at = ${launched}, staging_done = staging_total where id = ${campaign}`;
  for (const [place, { id }] of recipients.entries()) {
    const domain = domainOf(domains, place)?.id ?? null;
    await sql`update public.campaign_recipients set status = 'active', launch_id = ${launch.id}, domain_id = ${domain} where id = ${id}`;
  }
  const [fields] = await sql<{ known: Record<string, Fields> }[]>`
    select private.merge_fields(${workspace_id}, ${recipients.map(({ id }) => id)}::uuid[]) as known`;

  const first = recipients.length - demoWaiting;
  const mails: Mail[] = [];
  for (const [place, recipient] of recipients.entries()) {
    const fate = demoFate(place);
    let atMs =
      place < first
        ? begun + (place / first) * (begunDaysAgo - 0.4) * DAY_MS
        : now + (place - first - 2) * 2 * 60_000;
    for (const [step, { edges }] of demoSequence.entries()) {
      mails.push({ id: randomUUID(), recipient, place, step, atMs, messageId: '' });
      const ends = fate.repliesTo === step || fate.bounces || fate.unsubscribesFrom === step;
      atMs += (edges[0]?.days ?? 0) * DAY_MS;
      // what is due now, or was within a day, the demo's own crons find
      if (ends || edges.length === 0 || atMs > now - leftToCronsDays * DAY_MS) break;
    }
  }
  const firstOf = new Map<string, { messageId: string; subject: string }>();
  for (const mail of mails) {
    const { recipient, step, place } = mail;
    const domain = domainOf(domains, place);
    const before = firstOf.get(recipient.id);
    const { subject, bodyText } = renderStep(
      launch.snapshot,
      steps[step] ?? '',
      fields?.known[recipient.id] ?? {},
      {
        variant: recipient.variant,
        firstSubject: before?.subject ?? null,
      },
    );
    mail.messageId = `<${recipient.thread_token}.${mail.id.replaceAll('-', '').slice(0, 12)}@${domain?.domain}>`;
    if (!before) firstOf.set(recipient.id, { messageId: mail.messageId, subject });
    const at = new Date(mail.atMs).toISOString();
    await sql`insert into public.email_queue ${sql({
      id: mail.id,
      workspace_id,
      campaign_id: campaign,
      recipient_id: recipient.id,
      step_id: steps[step] ?? null,
      variant: recipient.variant,
      person_id: recipient.person_id,
      email_id: recipient.email_id,
      to_address: recipient.address,
      domain_id: domain?.id ?? null,
      from_name: demoSender.name,
      from_address: `${demoSender.local_part}@${domain?.domain}`,
      reply_to: given.mailbox ? demoMailbox.replace('@', `+${recipient.thread_token}@`) : null,
      subject,
      body_text: bodyText,
      status: 'queued',
      run_at: at,
      // what was tried can have gone: see private.mails_went_out
      attempts: place < first ? 1 : 0,
      message_id: mail.messageId,
      in_reply_to: before?.messageId ?? null,
      thread_token: recipient.thread_token,
      created_at: at,
    })}`;
  }
  const sent = mails.filter(({ place }) => place < first);
  await letThemGo(sql, sent);
  await applyEvents(sql, sent);
  if (given.mailbox) await applyReplies(sql, { ...given, campaign, mailbox: given.mailbox, sent, firstOf });
  await datePast(sql, workspace_id, campaign);
}

const json = (sql: postgres.TransactionSql, value: unknown) => sql.json(value as postgres.JSONValue);

/** What was sent is marked as a drain would, mail by mail of each recipient. */
async function letThemGo(sql: postgres.TransactionSql, sent: readonly Mail[]): Promise<void> {
  for (const step of demoSequence.keys()) {
    const gone = sent
      .filter((mail) => mail.step === step)
      .map(({ id, atMs }) => ({ id, at: new Date(atMs).toISOString(), provider_message_id: `demo-${id}` }));
    await sql`select private.mails_went_out(${json(sql, gone)})`;
  }
}

/** What became of them, as the provider tells it. */
async function applyEvents(sql: postgres.TransactionSql, sent: readonly Mail[]): Promise<void> {
  const events = sent.flatMap(({ id, place, step, atMs }) => {
    const fate = demoFate(place);
    const event = (type: string, afterMs: number, more: Record<string, unknown> = {}) => ({
      event_id: `demo-${id}-${type}`,
      type,
      occurred_at: new Date(atMs + afterMs).toISOString(),
      send_id: id,
      provider_message_id: `demo-${id}`,
      counts: true,
      details: {},
      ...more,
    });
    if (fate.bounces) {
      const more = { kind: 'hard', address_status: 'hard_bounced', reason: '550 5.1.1 No such user here' };
      return [event('bounced', 20_000, more)];
    }
    const pace = 1 + (place % 7);
    return [
      event('delivered', 8_000),
      ...(fate.opens || fate.repliesTo === step ? [event('opened', pace * HOUR_MS)] : []),
      ...(fate.clicks && step === 0 ? [event('clicked', pace * HOUR_MS + 90_000)] : []),
      ...(fate.unsubscribesFrom === step
        ? [
            event('unsubscribed', 2 * HOUR_MS, {
              address_status: 'unsubscribed',
              reason: 'By the link of a mail',
            }),
          ]
        : []),
    ];
  });
  await sql`select public.apply_email_events(${json(sql, events)})`;
}

/** What some of them answered, as a sync of the mailbox would keep it. */
async function applyReplies(
  sql: postgres.TransactionSql,
  given: {
    mailbox: string;
    campaign: string;
    sent: readonly Mail[];
    firstOf: ReadonlyMap<string, { messageId: string; subject: string }>;
  },
): Promise<void> {
  const rows = given.sent
    .filter(({ place, step }) => demoFate(place).repliesTo === step)
    .map(({ id, recipient, place, atMs }, n) => ({
      provider_message_id: `demo${n}`,
      provider_thread_id: `demo${n}`,
      message_id: `<reply-${id}@mail.example>`,
      from_address: recipient.address,
      from_name: recipient.name,
      subject: `Re: ${given.firstOf.get(recipient.id)?.subject ?? ''}`,
      body_text: demoReplies[n % demoReplies.length],
      received_at: new Date(atMs + (5 + (place % 20)) * HOUR_MS).toISOString(),
      kind: 'reply',
      matched_by: 'token',
      email_queue_id: id,
      recipient_id: recipient.id,
      campaign_id: given.campaign,
      person_id: recipient.person_id,
    }));
  await sql`select public.apply_inbound_emails(${given.mailbox}, ${json(sql, rows)})`;
}

/** Ends lie where their causes do, and the days count what was sent on them. */
async function datePast(sql: postgres.TransactionSql, workspace: string, campaign: string): Promise<void> {
  await sql`update public.campaign_recipients r set exited_at = x.at
    from (select q.recipient_id, max(coalesce(q.replied_at, q.unsubscribed_at, q.bounced_at)) as at from public.email_queue q
           where q.workspace_id = ${workspace} and q.campaign_id = ${campaign} group by 1) x
    where r.workspace_id = ${workspace} and r.id = x.recipient_id and r.status = 'done' and x.at is not null`;
  await sql`insert into public.sending_domain_days (workspace_id, domain_id, day, sent)
    select q.workspace_id, q.domain_id, (q.sent_at at time zone 'America/Chicago')::date, count(*) from public.email_queue q
     where q.workspace_id = ${workspace} and q.campaign_id = ${campaign} and q.sent_at is not null and q.domain_id is not null group by 1, 2, 3
    on conflict (workspace_id, domain_id, day) do update set sent = excluded.sent`;
}

async function makeDraft(
  sql: postgres.TransactionSql,
  workspace: string,
  given: { sender: string; user: string | null; now: number },
): Promise<void> {
  await makeCampaign(sql, workspace, {
    ...given,
    name: 'Opportunity zone investors',
    steps: demoDraft,
    recipients: demoDraftRecipients,
    contactType: 'investor',
    atMs: given.now - 2 * DAY_MS,
  });
}
