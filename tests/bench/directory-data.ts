/** A directory of any size, made by SQL in sets, the same one every time. */
import type postgres from 'postgres';

/** How much of each a workspace gets for each of its people. */
const share = { phones: 0.3, emails: 0.3, organizations: 0.05, employed: 0.5, active: 0.2 };

const first =
  'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Karen Carlos Sofia Wei Mei Amir Leila Dmitri Olga Kwame Amara Hiro Yuki Pedro Lucia Omar Nadia Erik Ingrid Luca Giulia Ravi Priya';
/** A last name is one of each: 32 x 32 x 12 of them. */
const lastStart =
  'Al Ba Ber Bo Car Chen Cor Da Del Dor El Fer Gar Gol Ha Hol Jan Ka Kel La Lin Ma Mer Nor Ol Pa Per Ro San Sil Tor Va';
const lastMiddle =
  'an ber con da den di en er fi gan go han in ka kin la len li lo man mar mon na ner no ra ren ri sen so ta vi';
const lastEnd = 'berg dez field ford ham ley man son stein ton ville wood';
const firms =
  'Harbor Cedar Summit Granite Pioneer Beacon Keystone Meridian Northgate Silver Copper Maple Riverbend Lakeshore Prairie Juniper';
const states = 'TX FL CA NY GA NC AZ OH IL PA WA CO TN NV MI VA';
const cities =
  'Austin Miami Oakland Brooklyn Atlanta Raleigh Phoenix Columbus Chicago Pittsburgh Seattle Denver Nashville Reno Detroit Richmond';

const list = (words: string) => `string_to_array('${words}', ' ')`;
const pick = (words: string, index: string) =>
  `(${list(words)})[1 + (${index})::bigint % cardinality(${list(words)})]`;
/** Numbers scattered by a hash: the n-th person's name has nothing to do with the n-th person's state. */
const hash = (salt: number) => `abs(hashint8extended(n, ${salt}))`;

/** How many of the people have the tag that hardly anybody has. */
export const rareTagHolders = 200;

/**
 * Fills a workspace with people, organizations, phones and e-mails, with every index in place, and analyzes.
 * @param sql as the owner of the tables
 * @param workspace its id; it must be empty
 * @param people how many; phones and e-mails are 30 for 100 people each
 * @param log told of each step
 */
export async function fillDirectory(
  sql: postgres.Sql,
  workspace: string,
  people: number,
  log: (line: string) => void,
): Promise<void> {
  const organizations = Math.ceil(people * share.organizations);
  const step = async (what: string, statement: string) => {
    const started = performance.now();
    await sql.begin(async (tx) => {
      // one log entry a row would double the work, as it would for an import
      await tx`select set_config('app.import_id', 'benchmark', true), set_config('maintenance_work_mem', '512MB', true)`;
      await tx.unsafe(statement);
    });
    log(`  ${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  };
  const w = `'${workspace}'::uuid`;
  // ids that can be made again from the number, so that links need no look-up
  const id = (kind: string, n: string) => `md5('${workspace}${kind}' || (${n}))::uuid`;

  await step(
    `${organizations} organizations`,
    `insert into organizations (id, workspace_id, name, kind, state, city, created_at)
     select ${id('o', 'n')}, ${w}, ${pick(firms, hash(1))} || ' ' || ${pick(lastStart, hash(2))} || ${pick(lastEnd, hash(3))} || ' ' ||
       (array['Capital LLC', 'Holdings LLC', 'Partners LP', 'Realty Group', 'Trust'])[1 + ${hash(4)} % 5] || ' ' || n,
       (array['developer', 'fund', 'family_office', 'owner_llc', 'investor'])[1 + ${hash(5)} % 5], ${pick(states, hash(6))}, ${pick(cities, hash(6))},
       now() - n * interval '1 second'
     from generate_series(1, ${organizations}) n`,
  );
  const slice = 250_000;
  for (let from = 1; from <= people; from += slice) {
    const to = Math.min(from + slice - 1, people);
    await step(
      `people ${from} to ${to}`,
      `insert into people (id, workspace_id, first_name, last_name, title, lead_status, contact_types, tags, sources, city, state, last_activity_at, created_at)
       select ${id('p', 'n')}, ${w}, ${pick(first, hash(11))}, ${pick(lastStart, hash(12))} || ${pick(lastMiddle, hash(13))} || ${pick(lastEnd, hash(14))},
         (array['Principal', 'Partner', 'Analyst', 'Managing Director', null])[1 + ${hash(15)} % 5],
         (array['new', 'new', 'new', 'new', 'new', 'warm', 'warm', 'hot', 'customer', 'lost'])[1 + ${hash(16)} % 10],
         case when ${hash(17)} % 3 = 0 then '{investor}'::text[] else '{}' end,
         case when n % ${Math.max(1, Math.floor(people / rareTagHolders))} = 0 then '{board}'::text[] else '{}' end
           || case when ${hash(18)} % 10 < 3 then '{investor}'::text[] else '{}' end
           || case when ${hash(19)} % 20 = 0 then '{newsletter}'::text[] else '{}' end,
         array[(array['generic', 'qozb', 'eventbrite', 'manual'])[1 + ${hash(20)} % 4]], ${pick(cities, hash(21))}, ${pick(states, hash(21))},
         case when ${hash(22)} % 100 < ${share.active * 100} then now() - (${hash(23)} % 90) * interval '1 day' - n * interval '1 millisecond' end,
         now() - n * interval '1 second'
       from generate_series(${from}, ${to}) n`,
    );
  }
  await step(
    'phones',
    `insert into phones (id, workspace_id, e164, status)
     select ${id('t', 'n')}, ${w}, '+1' || (2000000000 + n * 7919 % 7999999993)::text, case when n % 50 = 0 then 'disconnected' else 'active' end
     from generate_series(1, ${Math.floor(people * share.phones)}::bigint) n`,
  );
  await step(
    'emails',
    `insert into emails (id, workspace_id, address, status)
     select ${id('e', 'n')}, ${w}, lower(p.first_name || '.' || p.last_name) || n || '@' || ${pick(firms.toLowerCase(), hash(31))} || '.example',
       case when n % 40 = 0 then 'hard_bounced' else 'active' end
     from generate_series(1, ${Math.floor(people * share.emails)}::bigint) n
     join people p on p.workspace_id = ${w} and p.id = ${id('p', 'n * 3')}`,
  );
  await step(
    'links to phones',
    `insert into person_phones (workspace_id, person_id, phone_id, is_primary, source)
     select ${w}, ${id('p', `1 + n * 13 % ${people}`)}, ${id('t', 'n')}, true, 'benchmark' from generate_series(1, ${Math.floor(people * share.phones)}::bigint) n
     on conflict do nothing`,
  );
  await step(
    'links to e-mails',
    `insert into person_emails (workspace_id, person_id, email_id, is_primary, source)
     select ${w}, ${id('p', 'n * 3')}, ${id('e', 'n')}, true, 'benchmark' from generate_series(1, ${Math.floor(people * share.emails)}::bigint) n
     on conflict do nothing`,
  );
  await step(
    'links to organizations',
    `insert into person_organizations (workspace_id, person_id, organization_id, title, is_primary)
     select ${w}, ${id('p', 'n * 2')}, ${id('o', `1 + ${hash(41)} % ${organizations}`)}, 'Partner', true
     from generate_series(1, ${Math.floor(people * share.employed)}::bigint) n`,
  );
}
