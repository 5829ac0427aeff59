/** An owner with a long past in a workspace of a hundred thousand: its page's bundle, and the list around it. */
import postgres from 'postgres';
import { createWorkspace, signUp } from '../support/factories';
import { atConstantRate, type Bench, type Figures, machine } from './harness';
import { countDataApiRequests } from './round-trips';

const owners = 100_000;
const perSecond = 50;
const seconds = Number(process.env.BENCH_SECONDS || 10);
const fragments = ['garcia', 'holdings 4', 'elm', 'quinn'];

/** Owners of made-up names, every second one with a last activity; one of them with all that an owner can have. */
async function fillOwners(sql: postgres.Sql, workspace: string, user: string): Promise<string> {
  return sql.begin(async (tx) => {
    // the audit log tells of what people do; made-up rows are none of it
    await tx`select set_config('app.import_id', 'bench', true)`;
    await tx`insert into organizations (workspace_id, name)
      select ${workspace}, (array['Garcia', 'Elm', 'Quinn', 'Cedar', 'Bellmont', 'Harbor', 'Verona', 'Clear'])[1 + n % 8] || ' Holdings ' || n
        from generate_series(1, ${owners}::integer) n`;
    await tx`insert into owners (workspace_id, kind, organization_id, display_name, last_activity_at, last_contacted_at, next_step_at)
      select workspace_id, 'llc', id, name, x.at, x.at, case when x.n % 20 = 0 then now() + (x.n % 14 - 4) * interval '1 day' end
        from (select *, row_number() over (order by id) as n,
                     case when row_number() over (order by id) % 2 = 0 then now() - random() * interval '90 days' end as at
                from organizations where workspace_id = ${workspace}) x`;
    const [one] = await tx<{ id: string; organization_id: string }[]>`
      select id, organization_id from owners where workspace_id = ${workspace} order by normalized_name limit 1`;
    if (!one) throw new Error('there are no owners');
    await tx`insert into properties (workspace_id, name, address, city, state, owner_id)
      select ${workspace}, 'Lofts ' || n, n || ' Elm St', 'Austin', 'TX', ${one.id} from generate_series(1, 20) n`;
    await tx`insert into verifications (workspace_id, property_id, owner_id, pipeline_id, stage_id, result, rank)
      select p.workspace_id, p.id, p.owner_id, s.pipeline_id, s.id, s.result, row_number() over ()
        from properties p join pipelines l on l.workspace_id = p.workspace_id and l.is_default
        join pipeline_stages s on s.pipeline_id = l.id and s.name = 'Lead'
       where p.workspace_id = ${workspace}`;
    await tx`insert into people (workspace_id, first_name, last_name)
      select ${workspace}, 'Ada', 'Contact ' || n from generate_series(1, 10) n`;
    await tx`insert into owner_contacts (workspace_id, owner_id, person_id, role)
      select workspace_id, ${one.id}, id, 'pm' from people where workspace_id = ${workspace}`;
    await tx`insert into phones (workspace_id, e164) select ${workspace}, '+1212555' || lpad(n::text, 4, '0') from generate_series(100, 109) n`;
    await tx`insert into emails (workspace_id, address) select ${workspace}, 'contact' || n || '@mail.example' from generate_series(1, 10) n`;
    await tx`insert into person_phones (workspace_id, person_id, phone_id)
      select ${workspace}, p.id, h.id from (select id, row_number() over (order by id) n from people where workspace_id = ${workspace}) p
        join (select id, row_number() over (order by id) n from phones where workspace_id = ${workspace}) h using (n)`;
    await tx`insert into person_emails (workspace_id, person_id, email_id)
      select ${workspace}, p.id, e.id from (select id, row_number() over (order by id) n from people where workspace_id = ${workspace}) p
        join (select id, row_number() over (order by id) n from emails where workspace_id = ${workspace}) e using (n)`;
    await tx`insert into activities (workspace_id, kind, channel, direction, body, outcome, occurred_at, performed_by, owner_id, organization_id)
      select ${workspace}, 'call', 'call', 'out', 'Called about the lease, number ' || n, 'follow_up', now() - n * interval '7 hours', ${user}, ${one.id}, ${one.organization_id}
        from generate_series(1, 500) n`;
    return one.id;
  });
}

/** @returns percentiles of the bundle and of the list's pages at 50 requests a second, and the Data API requests of each */
export async function ownersBench(bench: Bench): Promise<Figures> {
  const actor = await signUp({ fullName: 'Bench Mark' });
  const workspace = await createWorkspace(actor);
  const sql = postgres(bench.stack.dbUrl, { max: 1, onnotice: () => undefined });
  bench.log('  Filling a hundred thousand owners');
  const owner = await fillOwners(sql, workspace.id, actor.userId);
  await sql.unsafe('vacuum (analyze)');
  await sql.end();
  const read = async (path: string) => {
    const response = await fetch(`${bench.appUrl}${path}`, {
      headers: { authorization: `Bearer ${actor.token}`, 'x-workspace-id': workspace.id },
    });
    await response.arrayBuffer();
    return response.ok;
  };
  const figures: Figures = { machine: machine(), owners };
  const scenarios: Record<string, (n: number) => string> = {
    bundle: () => `/api/owners/${owner}/bundle`,
    list: () => '/api/owners',
    by_next_step: () => '/api/owners?sort=next_step&next_step=today',
    by_last_activity: () => '/api/owners?sort=last_activity&contacted=30d',
    by_fragment: (n) => `/api/owners?q=${encodeURIComponent(fragments[n % fragments.length] ?? '')}`,
    with_card: () => '/api/owners?has_card=yes',
    figures: () => '/api/owners/figures',
  };
  for (const [name, path] of Object.entries(scenarios)) {
    await atConstantRate((n) => read(path(n)), { perSecond, seconds: 3 });
    const latency = await atConstantRate((n) => read(path(n)), { perSecond, seconds });
    const requests = await countDataApiRequests(bench, () => read(path(0)));
    figures[name] = { ...latency, data_api_requests: requests };
    bench.log(
      `  ${name}: p50 ${latency.p50} ms, p95 ${latency.p95} ms at ${perSecond}/s, ${latency.failed} failed, ${requests} round trip(s)`,
    );
  }
  return figures;
}
