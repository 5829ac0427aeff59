/** The board of the demo workspace: cards with their scores, and every move they made. */
import type postgres from 'postgres';
import { type DemoStage, demoSla, makeBoard } from './demo-data/board';
import { randomFrom } from './demo-data/random';

const DAY_MS = 86_400_000;

type Stage = { id: string; pipeline_id: string; name: DemoStage; result: string };

/**
 * Puts a part of the demo's properties on its default board. The outreach about them since then belongs to their cards.
 * @param users who did it
 * @param now milliseconds; the history ends there
 */
export async function seedBoard(
  sql: postgres.TransactionSql,
  workspace: string,
  { users, now }: { users: readonly [string, ...string[]]; now: number },
): Promise<void> {
  for (const [name, days] of Object.entries(demoSla))
    await sql`update public.pipeline_stages set sla_days = ${days} where workspace_id = ${workspace} and name = ${name}`;
  const stages = await sql<Stage[]>`select s.id, s.pipeline_id, s.name, s.result from public.pipeline_stages s
    join public.pipelines p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id
    where s.workspace_id = ${workspace} and p.is_default and p.kind = 'verification'`;
  const stageOf = (name: DemoStage): Stage => {
    const found = stages.find((stage) => stage.name === name);
    if (!found) throw new Error(`The demo's board has no stage ${name}`);
    return found;
  };
  const properties = await sql<{ id: string; assigned_to: string | null }[]>`
    select id, assigned_to from public.properties where workspace_id = ${workspace} and owner_id is not null order by name, id`;
  // a sequence of its own: the rest of the demo stays as it is, whatever the board becomes
  const cards = makeBoard(randomFrom(20_261_122), properties, now, users);

  const rows = cards.map(({ moves, ...card }, index) => {
    const last = moves.at(-1) ?? moves[0];
    const stage = stageOf(last.to);
    const entered = Date.parse(last.at);
    const due = entered + (demoSla[last.to] ?? Number.POSITIVE_INFINITY) * DAY_MS;
    return {
      ...card,
      workspace_id: workspace,
      pipeline_id: stage.pipeline_id,
      stage_id: stage.id,
      result: stage.result,
      rank: (index + 1) * 1024,
      version: moves.length,
      stage_entered_at: last.at,
      // told already: the demo doesn't begin with a heap of alerts
      sla_breached_at: due < now ? new Date(due).toISOString() : null,
      created_at: moves[0].at,
    };
  });
  const cardColumns = sql(Object.keys(rows[0] ?? {}));
  await sql`insert into public.verifications (${cardColumns})
    select ${cardColumns} from jsonb_populate_recordset(null::public.verifications, ${sql.json(rows as unknown as postgres.JSONValue)})`;
  await sql`update public.verifications v set score = private.verification_score(v.score_inputs, private.score_rules(w.settings))
    from public.workspaces w where w.id = v.workspace_id and v.workspace_id = ${workspace}`;

  const moves = cards.flatMap(({ id, moves: made }) =>
    made.map(({ from, to, ...move }) => ({
      ...move,
      verification_id: id,
      from_stage_id: from && stageOf(from).id,
      to_stage_id: stageOf(to).id,
    })),
  );
  await sql`insert into public.stage_moves (workspace_id, verification_id, from_stage_id, to_stage_id, moved_by, by_rule, reason, at)
    select ${workspace}, m.verification_id, m.from_stage_id, m.to_stage_id, m.moved_by, m.by_rule, case when s.result = 'lost' then v.lost_reason end, m.at
      from jsonb_populate_recordset(null::public.stage_moves, ${sql.json(moves)}) m
      join public.verifications v on v.id = m.verification_id
      join public.pipeline_stages s on s.id = m.to_stage_id`;
  await tellTimelines(sql, workspace);
}

/** A move stands on the timelines as the board's own functions put it there. */
async function tellTimelines(sql: postgres.TransactionSql, workspace: string): Promise<void> {
  await sql`update public.activities a set verification_id = v.id
    from public.verifications v
    where a.workspace_id = ${workspace} and v.workspace_id = a.workspace_id and v.property_id = a.property_id and a.occurred_at >= v.created_at
      and a.kind in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit')`;
  await sql`insert into public.activities (workspace_id, kind, subject, body, performed_by, details, verification_id, property_id, owner_id, occurred_at, created_at, updated_at)
    select m.workspace_id, 'stage_change', coalesce(f.name || ' → ' || t.name, t.name), m.reason, m.moved_by,
           jsonb_build_object('from', f.name, 'to', t.name, 'from_stage_id', f.id, 'to_stage_id', t.id, 'by_rule', m.by_rule, 'result', t.result),
           v.id, v.property_id, p.owner_id, m.at, m.at, m.at
      from public.stage_moves m
      join public.verifications v on v.workspace_id = m.workspace_id and v.id = m.verification_id
      join public.properties p on p.workspace_id = m.workspace_id and p.id = v.property_id
      join public.pipelines l on l.workspace_id = m.workspace_id and l.id = v.pipeline_id
      join public.pipeline_stages t on t.workspace_id = m.workspace_id and t.id = m.to_stage_id
      left join public.pipeline_stages f on f.workspace_id = m.workspace_id and f.id = m.from_stage_id
     where m.workspace_id = ${workspace} order by m.at`;
}
