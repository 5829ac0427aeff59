/** The calling desk at half a million numbers behind eight hundred thousand links: first page, deep page, filters, a number's bundle. */
import postgres from 'postgres';
import { createWorkspace, signUp } from '../support/factories';
import { fillDesk } from './desk-data';
import { atConstantRate, type Bench, type Figures, machine, percentiles } from './harness';

const size = { phones: 500_000, links: 800_000 };
const perSecond = 20;
const seconds = 10;
const sqlRuns = 60;
const states = ['TX', 'FL', 'CA', 'NY', 'GA', 'NC', 'AZ', 'OH'];
const of = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** @returns percentiles of each kind of request through the app, and of the list's function alone */
export async function deskBench(bench: Bench): Promise<Figures> {
  const actor = await signUp({ fullName: 'Bench Mark' });
  const workspace = await createWorkspace(actor);
  const sql = postgres(bench.stack.dbUrl, { max: 1, onnotice: () => undefined });
  try {
    await fillDesk(sql, workspace.id, actor.userId, size, bench.log);
    const places = await sql<{ rule: number; rank: string; id: string }[]>`
      select rule, rank::text, phone_id as id from (
        select rule, rank, phone_id, row_number() over (order by rule, rank, phone_id) as n from call_targets
         where workspace_id = ${workspace.id} and is_callable and (held_until is null or held_until <= now())) x
       where n in (100000, 180000, 250000, 320000)`;
    const cursors = places.map(({ rule, rank, id }) =>
      Buffer.from(JSON.stringify([rule, rank, id])).toString('base64url'),
    );
    const phones = (
      await sql<{ id: string }[]>`
        select phone_id as id from call_targets where workspace_id = ${workspace.id} and property_count > 1 and is_callable limit 50`
    ).map(({ id }) => id);

    const read = async (path: string) => {
      const response = await fetch(`${bench.appUrl}${path}`, {
        headers: { authorization: `Bearer ${actor.token}`, 'x-workspace-id': workspace.id },
      });
      await response.arrayBuffer();
      return response.ok;
    };
    const scenarios: Record<string, (n: number) => string> = {
      first_page: () => '/api/calls/desk',
      deep_page: (n) => `/api/calls/desk?cursor=${of(cursors, n)}`,
      by_state: (n) => `/api/calls/desk?state=${of(states, n)}`,
      by_several: (n) =>
        `/api/calls/desk?state=${of(states, n)}&role=owner&lead_status=hot&lead_status=warm&last_outcome=no_answer&min_properties=3`,
      by_properties: (n) => `/api/calls/desk?state=${of(states, n)}&min_properties=8`,
      open_now_never_called: (n) =>
        `/api/calls/desk?open=now&never_called=yes&role=${of(['investor', 'manager'], n)}`,
      follow_ups_due: () => '/api/calls/desk?follow_up=due',
      count_by_several: (n) => `/api/calls/desk/count?state=${of(states, n)}&role=owner&lead_status=hot`,
      bundle: (n) => `/api/phones/${of(phones, n)}/desk`,
    };
    await atConstantRate(() => read('/api/calls/desk'), { perSecond: 10, seconds: 5 });
    const figures: Figures = { machine: machine(), ...size };
    for (const [name, path] of Object.entries(scenarios)) {
      const latency = await atConstantRate((n) => read(path(n)), { perSecond, seconds });
      figures[name] = latency;
      bench.log(
        `  ${name}: p50 ${latency.p50} ms, p95 ${latency.p95} ms at ${perSecond}/s, ${latency.failed} failed`,
      );
    }

    await sql`select set_config('request.jwt.claim.sub', ${actor.userId}, false), set_config('request.jwt.claim.role', 'authenticated', false)`;
    const filters: Record<string, (n: number) => postgres.JSONValue> = {
      sql_first_page: () => ({}),
      sql_by_several: (n) => ({
        state: [of(states, n)],
        role: ['owner'],
        lead_status: ['hot', 'warm'],
        last_outcome: ['no_answer'],
        min_properties: 3,
      }),
    };
    for (const [name, filter] of Object.entries(filters)) {
      const took: number[] = [];
      for (let n = 0; n < sqlRuns; n += 1) {
        const from = performance.now();
        await sql`select list_call_targets(${workspace.id}, ${sql.json(filter(n))})`;
        took.push(performance.now() - from);
      }
      figures[name] = percentiles(took);
      bench.log(`  ${name}: ${JSON.stringify(figures[name])}`);
    }
    return figures;
  } finally {
    await sql.end();
  }
}
