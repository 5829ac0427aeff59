/** A board as a large team has it: thousands of active cards with owners, scores, assignees and next steps. */
import type postgres from 'postgres';

const markets =
  "(array['Austin', 'Dallas', 'Phoenix', 'Atlanta', 'Tampa', 'Denver', 'Raleigh', 'Nashville'])";

/**
 * Fills the default board of a workspace: three quarters of the cards stand in its first two stages, as they do where lists
 * come in.
 * @param sql a connection that owns the tables
 * @param workspace its id; its board must be empty
 * @param user the member who logged the next steps, and has a third of the cards
 * @param cards how many active cards
 */
export async function fillBoard(
  sql: postgres.Sql,
  workspace: string,
  user: string,
  cards: number,
): Promise<void> {
  const id = (kind: string, n = 'n') => `md5('${workspace}${kind}' || (${n}))::uuid`;
  const w = `'${workspace}'::uuid`;
  await sql.begin(async (tx) => {
    // one log entry a row would double the work, as it would for an import
    await tx`select set_config('app.import_id', 'benchmark', true)`;
    await tx.unsafe(`
      insert into organizations (id, workspace_id, name, kind, city, state)
      select ${id('oo')}, ${w}, 'Owner ' || n || ' Holdings LLC', 'owner_llc', 'Austin', 'TX' from generate_series(1, ${Math.ceil(cards / 3)}) n`);
    await tx.unsafe(`
      insert into owners (id, workspace_id, kind, organization_id, display_name)
      select ${id('ow')}, ${w}, 'llc', ${id('oo')}, 'Owner ' || n || ' Holdings LLC' from generate_series(1, ${Math.ceil(cards / 3)}) n`);
    await tx.unsafe(`
      insert into properties (id, workspace_id, name, address, city, state, market, units, owner_id)
      select ${id('pr')}, ${w}, 'The ' || ${markets}[1 + n % 8] || ' Lofts ' || n, n || ' Main Street', ${markets}[1 + n % 8], 'TX', ${markets}[1 + n % 8],
             20 + n % 300, ${id('ow', '1 + n / 3')} from generate_series(1, ${cards}) n`);
    await tx.unsafe(`
      insert into verifications (id, workspace_id, property_id, owner_id, pipeline_id, stage_id, result, rank, score, score_inputs, assigned_to, stage_entered_at)
      select ${id('ca')}, ${w}, ${id('pr')}, ${id('ow', '1 + n / 3')}, s.pipeline_id, s.id, s.result, n * 1024, private.verification_score(i.given, private.score_rules('{}')), i.given,
             case when n % 3 = 0 then '${user}'::uuid end, now() - (n % 40) * interval '1 day'
        from generate_series(1, ${cards}) n
       cross join lateral (select jsonb_build_object('roi_annual_pct', 3 + n % 12, 'regulatory_risk', n * 7 % 80, 'market_risk', n * 11 % 90,
         'jurisdiction_allowed', n % 4 > 0) as given) i
        join pipelines l on l.workspace_id = ${w} and l.is_default
        join pipeline_stages s on s.pipeline_id = l.id
         and s.name = (array['Lead', 'Lead', 'Lead', 'Lead', 'Contacted', 'Contacted', 'Doc Review', 'Approved', 'Negotiation', 'Lead'])[1 + n % 10]`);
    await tx.unsafe(`
      insert into stage_moves (workspace_id, verification_id, to_stage_id, moved_by)
      select ${w}, v.id, v.stage_id, '${user}' from verifications v where v.workspace_id = ${w}`);
    await tx.unsafe(`
      insert into activities (workspace_id, kind, channel, direction, outcome, property_id, owner_id, performed_by, next_step_at, occurred_at)
      select ${w}, 'call', 'call', 'out', 'follow_up', ${id('pr')}, ${id('ow', '1 + n / 3')}, '${user}',
             now() + (n % 30 - 10) * interval '1 day', now() - (n % 60) * interval '1 day'
        from generate_series(1, ${cards}, 2) n`);
  });
  await sql`analyze verifications, properties, owners, activities`;
}
