/** The demo workspace: a few hundred made-up records with a past, so that every page has something to show. */
import postgres from 'postgres';
import { seedBoard } from './demo-board';
import { seedCalls } from './demo-calls';
import { seedCampaigns } from './demo-campaigns';
import { makeDirectory } from './demo-data/directory';
import { makePoints } from './demo-data/points';
import { randomFrom } from './demo-data/random';
import { makePast } from './demo-data/timeline';
import { demoViews } from './demo-data/views';
import { importDemoList } from './demo-import';
import { seedOwners } from './demo-owners';
import { seedTasks, uploadDemoFiles } from './demo-work';
import { StackError } from './processes';
import type { StackAddress } from './stack';

/** How to sign in to the demo, printed by `npm run demo`. */
export const demoAccount = {
  email: 'demo@freehold.example',
  password: 'freehold-demo',
  workspace: 'demo',
} as const;

const colleagues = [
  { email: demoAccount.email, full_name: 'Alex Rivera', role: 'owner' },
  { email: 'marisol@freehold.example', full_name: 'Marisol Vega', role: 'admin' },
  { email: 'jonah@freehold.example', full_name: 'Jonah Whitfield', role: 'member' },
] as const;
const timeZone = 'America/Chicago';
const DAY_MS = 86_400_000;

/**
 * Fills the demo workspace of a running stack; does nothing where there is one.
 * @param stack where to; only a local stack has a database URL to give
 * @param now milliseconds; the demo's past ends there
 * @returns whether it was made now
 * @throws {StackError} when a colleague of the demo can't sign up
 */
export async function seedDemo(stack: StackAddress, now = Date.now()): Promise<boolean> {
  const sql = postgres(stack.dbUrl, { max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql`select 1 from public.workspaces where slug = ${demoAccount.workspace}`;
    if (found) return false;
    const [owner, ...others] = colleagues;
    const users: [string, ...string[]] = [await signUp(stack, owner.email, owner.full_name)];
    for (const { email, full_name } of others) users.push(await signUp(stack, email, full_name));
    // all or nothing: a start that is killed in the middle begins anew
    const list = await sql.begin((transaction) => fill(transaction, users, now));
    await importDemoList(stack, list);
    await uploadDemoFiles(stack, sql, list);
    await seedCampaigns(stack, sql, { workspaceId: list.workspaceId, users, now });
    await seedCalls(stack, sql, { workspaceId: list.workspaceId, users, now });
    return true;
  } finally {
    await sql.end();
  }
}

/** The user's id, of a new account or of the one a killed run has left. */
async function signUp(stack: StackAddress, email: string, fullName: string): Promise<string> {
  const ask = async (path: string, body: unknown) => {
    const response = await fetch(`${stack.url}/auth/v1/${path}`, {
      method: 'POST',
      headers: { apikey: stack.publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { user?: { id?: string }; msg?: string; message?: string };
  };
  const credentials = { email, password: demoAccount.password };
  const made = await ask('signup', { ...credentials, data: { full_name: fullName, time_zone: timeZone } });
  if (made.user?.id) return made.user.id;
  const known = await ask('token?grant_type=password', credentials);
  if (known.user?.id) return known.user.id;
  throw new StackError(`The demo's ${email} can't sign up: ${made.msg ?? made.message ?? 'no reason given'}`);
}

/** Inserts rows of one shape in one statement. */
async function insert(
  sql: postgres.TransactionSql,
  table: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = sql(Object.keys(first));
  await sql`insert into public.${sql(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::public.${sql(table)}, ${sql.json(rows as unknown as postgres.JSONValue)})`;
}

/** @returns what the demo's import needs: its id, who runs it, and who of its people were known before */
async function fill(sql: postgres.TransactionSql, users: readonly [string, ...string[]], now: number) {
  const random = randomFrom(20_261_121);
  const daysAgo = (days: number) => new Date(now - days * DAY_MS).toISOString();
  const workspace_id = random.uuid();
  // the audit log tells of what people do; a seed is not one
  await sql`select set_config('app.import_id', 'demo', true)`;
  await insert(sql, 'workspaces', [
    {
      id: workspace_id,
      name: 'Demo',
      slug: demoAccount.workspace,
      tier: 'premium',
      time_zone: timeZone,
      settings: {},
      created_at: daysAgo(90),
      updated_at: daysAgo(90),
    },
  ]);
  await insert(
    sql,
    'workspace_members',
    colleagues.map(({ role }, n) => ({ workspace_id, user_id: users[n], role, created_at: daysAgo(90 - n) })),
  );

  const directory = makeDirectory(random);
  const points = makePoints(random, directory);
  const past = makePast(random, directory, points, now, users);
  const row = () => {
    const at = daysAgo(random.int(86, 88));
    return { workspace_id, created_at: at, updated_at: at, details: {}, field_sources: {} };
  };
  const assigned = () => (random.chance(0.6) ? random.pick(users) : null);

  await insert(
    sql,
    'organizations',
    directory.organizations.map(({ areaCode, ...organization }) => ({
      ...organization,
      ...row(),
      assigned_to: random.chance(0.3) ? random.pick(users) : null,
    })),
  );
  await insert(
    sql,
    'people',
    directory.people.map(({ areaCode, organization, ...person }) => ({
      ...person,
      ...row(),
      assigned_to: assigned(),
    })),
  );
  await insert(
    sql,
    'properties',
    directory.properties.map(({ areaCode, people, organizations, ...property }) => ({
      ...property,
      ...row(),
      assigned_to: assigned(),
    })),
  );
  const link = () => ({ id: random.uuid(), workspace_id, created_at: daysAgo(86) });
  await insert(
    sql,
    'person_organizations',
    directory.people.flatMap(({ id, organization, title }) =>
      organization
        ? [{ ...link(), person_id: id, organization_id: organization.id, title, is_primary: true }]
        : [],
    ),
  );
  await insert(
    sql,
    'property_people',
    directory.properties.flatMap((property) =>
      property.people.map(({ person, role }) => ({
        ...link(),
        property_id: property.id,
        person_id: person.id,
        role,
      })),
    ),
  );
  await insert(
    sql,
    'property_organizations',
    directory.properties.flatMap((property) =>
      property.organizations.map(({ organization, role }) => ({
        ...link(),
        property_id: property.id,
        organization_id: organization.id,
        role,
      })),
    ),
  );
  await nameOwners(sql, workspace_id);

  const ago = (days: number | null) => (days === null ? null : daysAgo(days));
  const made = { workspace_id, created_at: daysAgo(86), updated_at: daysAgo(86) };
  await insert(
    sql,
    'phones',
    points.phones.map(({ do_not_call_days_ago, sms_opted_out_days_ago, ...phone }) => ({
      ...phone,
      ...made,
      call_count: 0,
      do_not_call_at: ago(do_not_call_days_ago),
      sms_opted_out_at: ago(sms_opted_out_days_ago),
    })),
  );
  await insert(
    sql,
    'emails',
    points.emails.map(({ since_days_ago, ...email }) => ({ ...email, ...made, since: ago(since_days_ago) })),
  );
  await insert(
    sql,
    'linkedin_profiles',
    points.profiles.map((profile) => ({ ...profile, ...made })),
  );
  for (const [table, links] of Object.entries(points.links)) {
    const [owner, point] = table.split('_') as [string, string];
    const pointColumn = `${point === 'linkedin' ? point : point.slice(0, -1)}_id`;
    await insert(
      sql,
      table,
      links.map(({ owner: id, point: pointId, label, is_primary }) => ({
        ...link(),
        [`${owner}_id`]: id,
        [pointColumn]: pointId,
        label,
        is_primary,
        source: 'demo',
      })),
    );
  }

  await insert(
    sql,
    'activities',
    past.activities.map((activity) => ({
      ...activity,
      workspace_id,
      details: {},
      created_at: activity.occurred_at,
      updated_at: activity.occurred_at,
    })),
  );
  await insert(
    sql,
    'notes',
    past.notes.map((note) => ({ ...note, workspace_id, updated_at: note.created_at })),
  );
  await agreeWithPast(sql, workspace_id);
  await seedOwners(sql, workspace_id, { users, now, random });
  await seedBoard(sql, workspace_id, { users, now });
  await seedTasks(sql, workspace_id, { users, now });
  await insert(
    sql,
    'saved_views',
    demoViews.map((view) => ({
      ...view,
      ...link(),
      created_by: users[view.is_shared ? 1 : 0],
      updated_at: daysAgo(30),
    })),
  );

  const addresses = new Map(points.emails.map(({ id, address }) => [id, address]));
  const known = random.some(points.links.person_emails, 9).flatMap((each) => {
    const person = directory.people.find(({ id }) => id === each.owner);
    const address = addresses.get(each.point);
    return person && address ? [{ ...person, address, organization: person.organization?.name ?? null }] : [];
  });
  return { id: random.uuid(), workspaceId: workspace_id, member: users[1] ?? users[0], known };
}

/** Who is linked as owner is the owner, the firm before its contact: as an import would say it. */
async function nameOwners(sql: postgres.TransactionSql, workspace: string): Promise<void> {
  await sql`insert into public.owners (workspace_id, kind, organization_id, legal_name, display_name)
    select distinct o.workspace_id, 'llc', o.id, o.name, o.name
      from public.property_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
     where l.workspace_id = ${workspace} and l.role = 'owner'`;
  await sql`insert into public.owners (workspace_id, kind, person_id, legal_name, display_name)
    select distinct p.workspace_id, 'individual', p.id, p.display_name, p.display_name
      from public.property_people l join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id
     where l.workspace_id = ${workspace} and l.role = 'owner'
       and not exists (select 1 from public.property_organizations x where x.workspace_id = l.workspace_id and x.property_id = l.property_id and x.role = 'owner')`;
  await sql`update public.properties t set owner_id = coalesce(
      (select w.id from public.property_organizations l join public.owners w on w.workspace_id = l.workspace_id and w.organization_id = l.organization_id
        where l.workspace_id = t.workspace_id and l.property_id = t.id and l.role = 'owner' limit 1),
      (select w.id from public.property_people l join public.owners w on w.workspace_id = l.workspace_id and w.person_id = l.person_id
        where l.workspace_id = t.workspace_id and l.property_id = t.id and l.role = 'owner' limit 1))
    where t.workspace_id = ${workspace}`;
}

/** A number somebody asked not to call, or found dead, says so; counts of calls are those on the timeline. */
async function agreeWithPast(sql: postgres.TransactionSql, workspace: string): Promise<void> {
  await sql`update public.phones p set call_count = c.calls, last_called_at = c.last
    from (select phone_id, count(*) as calls, max(occurred_at) as last from public.activities
           where workspace_id = ${workspace} and kind = 'call' and phone_id is not null group by 1) c
    where p.workspace_id = ${workspace} and p.id = c.phone_id`;
  await sql`update public.phones p set do_not_call = true, do_not_call_at = a.occurred_at, do_not_call_reason = 'Asked on the phone not to be called again'
    from public.activities a
    where a.workspace_id = ${workspace} and a.outcome = 'do_not_call' and p.workspace_id = a.workspace_id and p.id = a.phone_id and not p.do_not_call`;
  await sql`update public.phones p set status = 'invalid' from public.activities a
    where a.workspace_id = ${workspace} and a.outcome = 'invalid_number' and p.workspace_id = a.workspace_id and p.id = a.phone_id`;
}
