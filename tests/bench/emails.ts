/**
 * A hundred thousand queued e-mails over thirty domains without a pace, four drains at once, one of them killed at random: how many
 * go in a second, whether any went twice or was lost. And what a claim costs when a million are queued.
 */
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { createWorkspace, signUp, type Workspace } from '../support/factories';
import { makeSendingCampaign, type SendingCampaign, startDrainProcess } from '../support/sending';
import { type Bench, type Figures, machine, percentiles, round } from './harness';

const mails = 100_000;
const domains = 30;
const drains = 4;
const claims = 60;

/** Queues first mails of a campaign to as many new people. */
async function queueMany(sql: postgres.Sql, campaign: SendingCampaign, count: number): Promise<void> {
  const { workspace } = campaign;
  const ids = campaign.domains.map(({ id }) => id);
  const names = campaign.domains.map(({ domain }) => domain);
  await sql.begin(async (tx) => {
    await tx`select set_config('app.import_id', ${randomUUID()}, true)`;
    await tx`create temp table bench_mail on commit drop as
      select n, gen_random_uuid() as person, gen_random_uuid() as email, gen_random_uuid() as recipient,
             'reader-' || n || '@' || left(${workspace.id}, 8) || '.example' as address, 1 + n % ${ids.length}::int as place
        from generate_series(1, ${count}::int) n`;
    await tx`insert into people (id, workspace_id, first_name, last_name) select person, ${workspace.id}, 'Reader', n::text from bench_mail`;
    await tx`insert into emails (id, workspace_id, address) select email, ${workspace.id}, address from bench_mail`;
    await tx`insert into campaign_recipients (id, workspace_id, campaign_id, person_id, email_id, status, launch_id, domain_id)
      select recipient, ${workspace.id}, ${campaign.id}, person, email, 'active', ${campaign.launchId}, (${ids}::uuid[])[place] from bench_mail`;
    await tx`insert into email_queue (workspace_id, campaign_id, recipient_id, step_id, person_id, email_id, to_address, domain_id, from_name,
        from_address, subject, body_text, status, run_at, thread_token)
      select ${workspace.id}, ${campaign.id}, b.recipient, ${campaign.stepIds[0] ?? ''}, b.person, b.email, b.address, (${ids}::uuid[])[b.place],
             'Dana Whitfield', 'dana@' || (${names}::text[])[b.place], 'Your property', 'Good morning, reader ' || b.n || '.' || repeat(' A line of text.', 30),
             'queued', now() - interval '1 hour', r.thread_token
        from bench_mail b join campaign_recipients r on r.id = b.recipient`;
  });
  await sql`update campaigns set status = 'sending' where id = ${campaign.id}`;
  await sql`analyze people, emails, campaign_recipients, email_queue`;
}

/** Adds queued mails of no recipient, which a claim tells from nothing else. */
async function queuePlain(sql: postgres.Sql, campaign: SendingCampaign, count: number): Promise<void> {
  const ids = campaign.domains.map(({ id }) => id);
  await sql`insert into email_queue (workspace_id, purpose, to_address, domain_id, from_address, subject, body_text, status, run_at)
    select ${campaign.workspace.id}, 'test', 'reader-' || n || '@mail.example', (${ids}::uuid[])[1 + n % ${ids.length}::int],
           'dana@mail.example', 'Your property', 'Good morning', 'queued', now() - n * interval '1 millisecond'
      from generate_series(1, ${count}::int) n`;
  await sql`analyze email_queue`;
}

/** What a claim of fifty takes, in milliseconds; each is taken back. */
async function claimTimes(sql: postgres.Sql, workspace: Workspace) {
  const times: number[] = [];
  for (let n = 0; n < claims + 10; n += 1) {
    await sql
      .begin(async (tx) => {
        const begin = performance.now();
        const [row] = await tx<{ taken: number }[]>`
          select jsonb_array_length(claim_emails(120, '{}', batch => 50, burst => 8, only_workspace => ${workspace.id}) -> 'mails') as taken`;
        // the first ones find nothing in memory
        if (n >= 10) times.push(performance.now() - begin);
        if (!row?.taken) throw new Error('nothing was claimed');
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
  }
  return percentiles(times);
}
class Undone extends Error {}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** @returns mails a second, what became of each mail, and the cost of claims */
export async function emailsBench({ stack, log }: Bench): Promise<Figures> {
  const sql = postgres(stack.dbUrl, { max: 4, onnotice: () => undefined });
  const emulator = stack.env.SPARKPOST_API_URL ?? '';
  try {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    const from = new Date(Date.now() - 3_600_000);
    const campaign = await makeSendingCampaign(owner, workspace, { domains, cap: 1_000_000, from });
    await sql`update campaigns set hours_start = '00:00', hours_end = '24:00', days = '{1,2,3,4,5,6,7}' where id = ${campaign.id}`;
    log(`  queueing ${mails} mails`);
    await queueMany(sql, campaign, mails);
    await fetch(`${emulator}/__control/reset`, { method: 'POST' });

    const begin = performance.now();
    const running = Array.from({ length: drains }, () => startDrainProcess({ workspaceId: workspace.id }));
    const left = async () => {
      const [row] = await sql<{ queued: number }[]>`
        select count(*)::int as queued from email_queue where workspace_id = ${workspace.id} and status = 'queued'`;
      return row?.queued ?? 0;
    };
    // one of them, at some moment between a fifth and four fifths of the work
    const killAt = mails * (0.2 + Math.random() * 0.6);
    const victim = running[Math.floor(Math.random() * drains)];
    while ((await left()) > killAt) await pause(1000);
    await victim?.kill();
    log(`  one was killed with ${await left()} left`);
    const counts = await Promise.all(running.map((one) => one.counts));
    const seconds = (performance.now() - begin) / 1000;

    const states = await sql<{ status: string; count: number }[]>`
      select status, count(*)::int as count from email_queue where workspace_id = ${workspace.id} group by 1`;
    const of = (status: string) => states.find((state) => state.status === status)?.count ?? 0;
    const received = (await (await fetch(`${emulator}/__control/stats`)).json()) as {
      accepted: number;
      distinct: number;
      duplicates: unknown[];
    };
    // what the killed one had claimed: its leases run out, and the provider's events tell what became of them
    const inDoubt = of('sending') + of('unknown');
    const accounted = of('sent') + inDoubt;
    log(`  ${mails} in ${round(seconds)} s: ${Math.round(of('sent') / seconds)} a second`);

    log('  queueing for claims');
    const small = await createWorkspace(owner);
    const smallCampaign = await makeSendingCampaign(owner, small, { domains, cap: 1_000_000, from });
    await queuePlain(sql, smallCampaign, 10_000);
    const few = await claimTimes(sql, small);
    await queuePlain(sql, smallCampaign, 990_000);
    const many = await claimTimes(sql, small);
    log(`  a claim of fifty: ${few.p50} ms of 10,000 queued, ${many.p50} ms of 1,000,000`);
    return {
      sent_per_second: Math.round(of('sent') / seconds),
      seconds: round(seconds),
      sent: of('sent'),
      in_doubt: inDoubt,
      lost: mails - accounted,
      sent_twice: received.duplicates.length,
      accepted: received.distinct,
      sent_but_not_accepted: Math.max(0, of('sent') - received.distinct),
      drains_that_ended: counts.filter((one) => one !== null).length,
      claim_ms_10_000: few.p50,
      claim_ms_1_000_000: many.p50,
      claim_ratio: round(many.p50 / few.p50),
      machine: machine(),
    };
  } finally {
    await sql.end();
  }
}
