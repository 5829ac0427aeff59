/** A calling desk of any size, made by SQL in sets, the same one every time. */
import type postgres from 'postgres';

/** Fifty area codes in all zones of the mainland, so that half a million numbers of the range 555 are each one of its own. */
const areas =
  '201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 301 302 303 304 305 307 308 309 310 312 402 404 405 406 407 408 410 412 413 415 501 502 503 505 508 512 515 602 603 612 615 702 713 801 919';
const states = 'TX FL CA NY GA NC AZ OH IL PA WA CO TN NV MI VA';
const cities =
  'Austin Miami Oakland Brooklyn Atlanta Raleigh Phoenix Columbus Chicago Pittsburgh Seattle Denver Nashville Reno Detroit Richmond';
const list = (words: string) => `string_to_array('${words}', ' ')`;
const pick = (words: string, index: string) =>
  `(${list(words)})[1 + (${index})::bigint % cardinality(${list(words)})]`;
const hash = (salt: number) => `abs(hashint8extended(n, ${salt}))`;

/** How large a desk is: the numbers, and how many links lead from people to them. */
export type DeskSize = { phones: number; links: number };

/**
 * Fills a workspace with people, properties, numbers that they share, and a history of calls: a fifth of the numbers was called, one
 * in a hundred is promised a call, one in fifty is held. Then has the desk's rows made.
 * @param sql as the owner of the tables
 * @param workspace its id; it must be empty
 * @param caller who made the calls
 * @param log told of each step
 */
export async function fillDesk(
  sql: postgres.Sql,
  workspace: string,
  caller: string,
  { phones, links }: DeskSize,
  log: (line: string) => void,
): Promise<void> {
  const people = Math.ceil(phones * 0.6);
  const properties = Math.ceil(phones * 0.15);
  const w = `'${workspace}'::uuid`;
  const id = (kind: string, n: string) => `md5('${workspace}${kind}' || (${n}))::uuid`;
  const step = async (what: string, statement: string) => {
    const started = performance.now();
    await sql.begin(async (tx) => {
      // as an import does: what follows each row is made once, at the end
      await tx`select set_config('app.import_id', 'benchmark', true), set_config('maintenance_work_mem', '512MB', true)`;
      await tx.unsafe(statement);
    });
    log(`  ${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  };

  await step(
    `${people} people`,
    `insert into people (id, workspace_id, first_name, last_name, lead_status, contact_types, tags, city, state)
     select ${id('p', 'n')}, ${w}, ${pick('James Mary Wei Amir Olga Kwame Yuki Lucia Erik Ravi Sofia Carlos', hash(1))},
       ${pick('Alberg Chenman Dorville Gardez Holford Janson Kelstein Martin Rosley Vaton', hash(2))} || n,
       (array['new', 'new', 'new', 'new', 'warm', 'warm', 'hot', 'customer', 'lost', 'do_not_contact'])[1 + ${hash(3)} % 10],
       case ${hash(4)} % 4 when 0 then '{investor}'::text[] when 1 then '{developer}' else '{}' end,
       case when n % 500 = 0 then '{board}'::text[] else '{}' end, ${pick(cities, hash(5))}, ${pick(states, hash(5))}
     from generate_series(1, ${people}) n`,
  );
  await step(
    `${properties} properties`,
    `insert into properties (id, workspace_id, name, address, city, state)
     select ${id('b', 'n')}, ${w}, 'Building ' || n, n || ' Main St', ${pick(cities, hash(6))}, ${pick(states, hash(6))} from generate_series(1, ${properties}) n`,
  );
  await step(
    'roles on properties',
    `insert into property_people (workspace_id, property_id, person_id, role)
     select ${w}, ${id('b', `1 + ${hash(7)} % ${properties}`)}, ${id('p', `1 + (${hash(8)} % ${people}) * (${hash(9)} % 100) / 100`)},
       (array['owner', 'owner', 'manager', 'trustee'])[1 + ${hash(10)} % 4]
     from generate_series(1, ${properties * 3}) n on conflict do nothing`,
  );
  await step(
    `${phones} numbers`,
    `insert into phones (id, workspace_id, e164, status, do_not_call, do_not_call_at, call_count)
     select ${id('t', 'n')}, ${w}, '+1' || ${pick(areas, 'n % 50')} || '555' || lpad((n / 50 % 10000)::text, 4, '0'),
       case when n % 60 = 0 then 'invalid' else 'active' end, n % 97 = 0, case when n % 97 = 0 then now() end, case when n % 5 = 0 then 1 else 0 end
     from generate_series(0, ${phones - 1}) n`,
  );
  await step(
    `${links} links`,
    `insert into person_phones (workspace_id, person_id, phone_id, source)
     select ${w}, ${id('p', `1 + ${hash(11)} % ${people}`)}, ${id('t', `n % ${phones}`)}, 'benchmark' from generate_series(0, ${links - 1}) n
     on conflict do nothing`,
  );
  await step(
    'calls',
    `insert into calls (workspace_id, phone_id, user_id, outcome, outcome_at, started_at, next_step_at)
     select ${w}, ${id('t', 'n')}, '${caller}', case when n % 100 = 0 then 'follow_up' else (array['no_answer', 'no_answer', 'left_vm', 'answered'])[1 + ${hash(12)} % 4] end,
       now() - (2 + ${hash(13)} % 80) * interval '1 day', now() - (2 + ${hash(13)} % 80) * interval '1 day' - n * interval '1 millisecond',
       case when n % 100 = 0 then now() + (${hash(14)} % 20 - 10) * interval '1 day' end
     from generate_series(0, ${phones - 1}, 5) n`,
  );
  await step(
    'holds',
    `insert into call_holds (workspace_id, phone_id, reason, until)
     select ${w}, ${id('t', 'n')}, case when n % 100 = 0 then 'closed' else 'by_hand' end, case when n % 100 = 0 then null else now() + interval '3 days' end
     from generate_series(7, ${phones - 1}, 50) n`,
  );
  const started = performance.now();
  for (let from = 0; from < phones; from += 10_000) {
    await sql`select private.refresh_call_targets(${workspace}, array(
      select p.id from phones p where p.workspace_id = ${workspace} order by p.id offset ${from} limit 10000))`;
  }
  log(`  the desk's rows in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await sql.unsafe(
    'vacuum analyze call_targets, calls, call_holds, phones, person_phones, people, properties, property_people',
  );
}
