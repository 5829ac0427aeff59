/** Ten thousand events of four thousand mails, in batches of 350 as SparkPost sends them: how long until all are handled, and handled again. */
import postgres from 'postgres';
import { createWorkspace, signUp, unique } from '../support/factories';
import { postEvents, wrapped } from '../support/sparkpost';
import { type Bench, type Figures, machine, round } from './harness';

const mails = 4000;
const perBatch = 350;
/** SparkPost posts from several servers at once. */
const atOnce = 4;

type Mail = { id: string; to_address: string };

/** Each mail: taken and delivered; every fourth opened, every tenth clicked; some bounce, leave or complain: 10,000 in all. */
function eventsOf({ id, to_address: to }: Mail, n: number): unknown[] {
  const event = (type: string, more: Record<string, unknown> = {}) => ({
    type,
    event_id: unique(),
    timestamp: String(1_790_000_000 + n),
    rcpt_to: to,
    transmission_id: String(n),
    rcpt_meta: { send_id: id },
    ...more,
  });
  const events = [wrapped(event('injection'))];
  if (n % 50 === 0)
    events.push(wrapped(event('bounce', { bounce_class: '10', raw_reason: '550 5.1.1 No such user' })));
  else events.push(wrapped(event('delivery')));
  if (n % 4 === 1) events.push(wrapped(event('initial_open'), 'track_event'));
  if (n % 10 === 1) events.push(wrapped(event('click'), 'track_event'));
  if (n % 10 === 3) events.push(wrapped(event('open'), 'track_event'));
  if (n % 40 === 5) events.push(wrapped(event('list_unsubscribe'), 'unsubscribe_event'));
  if (n % 40 === 7) events.push(wrapped(event('spam_complaint')));
  return events;
}

/** @returns seconds of the first pass and of a second with the same batches, and what both came to */
export async function emailEventsBench({ stack, log }: Bench): Promise<Figures> {
  const sql = postgres(stack.dbUrl, { max: 2, onnotice: () => undefined });
  try {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    const prefix = unique();
    const [seed] = await sql<{ domain: string; campaign: string; launch: string }[]>`
      with domain as (
        insert into sending_domains (workspace_id, domain) values (${workspace.id}, ${`${prefix}.freehold.example`}) returning id
      ), campaign as (
        insert into campaigns (workspace_id, name, time_zone, status, launched_at) values (${workspace.id}, ${prefix}, 'UTC', 'sending', now()) returning id
      ), launch as (
        insert into campaign_launches (workspace_id, campaign_id, snapshot)
        select ${workspace.id}, id, '{"entryStepId": null, "format": "text", "sender": {}, "steps": []}' from campaign returning id
      ) select domain.id as domain, campaign.id as campaign, launch.id as launch from domain, campaign, launch`;
    if (!seed) throw new Error('nothing was seeded');
    await sql`
      with people as (
        insert into people (workspace_id, first_name) select ${workspace.id}, 'P' || n from generate_series(1, ${mails}) n returning id
      ), addresses as (
        insert into emails (workspace_id, address) select ${workspace.id}, ${prefix} || n || '@reader.example' from generate_series(1, ${mails}) n
        returning id, address
      ), pairs as (
        select p.id as person, a.id as email, a.address
          from (select id, row_number() over () as n from people) p join (select *, row_number() over () as n from addresses) a using (n)
      ), recipients as (
        insert into campaign_recipients (workspace_id, campaign_id, person_id, email_id, status, launch_id, domain_id)
        select ${workspace.id}, ${seed.campaign}, person, email, 'active', ${seed.launch}, ${seed.domain} from pairs returning id, person_id, email_id
      )
      insert into email_queue (workspace_id, campaign_id, recipient_id, step_id, person_id, email_id, to_address, from_address, domain_id, subject,
                               body_text, run_at, status, sent_at)
      select ${workspace.id}, ${seed.campaign}, r.id, gen_random_uuid(), r.person_id, r.email_id, p.address, 'ada@' || ${prefix} || '.freehold.example',
             ${seed.domain}, 'Your building', 'Good morning.', now(), 'sent', now()
        from recipients r join pairs p on p.person = r.person_id`;
    const rows = await sql<
      Mail[]
    >`select id, to_address from email_queue where campaign_id = ${seed.campaign}`;
    await sql`analyze email_queue, campaign_recipients, emails, email_events`;

    // shuffled by a fixed step, so that a mail's events fall into different batches and out of order
    const all = rows.flatMap(eventsOf).slice(0, 10_000);
    const shuffled = all.map((_, n) => all[(n * 7919) % all.length]);
    const batches: { id: string; events: unknown[] }[] = [];
    for (let at = 0; at < shuffled.length; at += perBatch) {
      batches.push({ id: unique(), events: shuffled.slice(at, at + perBatch) });
    }
    const pass = async () => {
      const waiting = [...batches];
      const begin = performance.now();
      let failed = 0;
      let slowest = 0;
      const work = async () => {
        for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
          const sent = performance.now();
          const { status } = await postEvents(batch.events, { batchId: batch.id });
          slowest = Math.max(slowest, performance.now() - sent);
          if (status !== 200) failed += 1;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return {
        seconds: round((performance.now() - begin) / 1000),
        slowest_batch_ms: Math.round(slowest),
        failed_batches: failed,
      };
    };
    const first = await pass();
    const again = await pass();
    const [counted] = await sql<{ events: number; suppressed: number }[]>`
      select (select count(*)::int from email_events where workspace_id = ${workspace.id}) as events,
             (select count(*)::int from emails where workspace_id = ${workspace.id} and status <> 'active') as suppressed`;
    log(
      `  ${all.length} events in ${batches.length} batches: ${first.seconds} s, again: ${again.seconds} s; kept ${counted?.events}`,
    );
    return {
      wanted: all.length,
      batches: batches.length,
      first,
      again,
      kept: counted?.events ?? 0,
      suppressed: counted?.suppressed ?? 0,
      machine: machine(),
    };
  } finally {
    await sql.end();
  }
}
