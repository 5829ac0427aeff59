/** The owners of the demo workspace get a past, contacts, next steps and conversations. */
import type postgres from 'postgres';
import { nextSteps, threads } from './demo-data/owners';
import type { Random } from './demo-data/random';

const DAY_MS = 86_400_000;

type Owner = {
  id: string;
  name: string;
  person_id: string | null;
  organization_id: string | null;
  property_id: string | null;
  property: string | null;
};

/**
 * Fills in what the demo's owners need; the directory and its past are there already.
 * @param users who did it, by turns
 * @param now milliseconds; what is due is due around it
 */
export async function seedOwners(
  sql: postgres.TransactionSql,
  workspace: string,
  { users, now, random }: { users: readonly string[]; now: number; random: Random },
): Promise<void> {
  const at = (days: number) => new Date(now + days * DAY_MS).toISOString();
  // what happened with a party or about its property happened with the owner
  await sql`update public.activities a set owner_id = o.id from public.owners o
    where a.workspace_id = ${workspace} and o.workspace_id = a.workspace_id and a.owner_id is null
      and (o.person_id = a.person_id or o.organization_id = a.organization_id)`;
  await sql`update public.activities a set owner_id = p.owner_id from public.properties p
    where a.workspace_id = ${workspace} and p.workspace_id = a.workspace_id and p.id = a.property_id and a.owner_id is null
      and p.owner_id is not null and a.kind in ('call', 'email', 'sms', 'meeting', 'visit')`;
  await sql`update public.owners o set last_activity_at = x.last, last_contacted_at = x.contacted
    from (select owner_id, max(occurred_at) as last,
                 max(occurred_at) filter (where kind in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit')) as contacted
            from public.activities where workspace_id = ${workspace} and owner_id is not null group by 1) x
    where o.workspace_id = ${workspace} and o.id = x.owner_id`;

  const owners = await sql<Owner[]>`
    select o.id, o.display_name as name, o.person_id, o.organization_id, p.id as property_id, coalesce(p.name, p.address) as property
      from public.owners o left join lateral (
        select * from public.properties p where p.workspace_id = o.workspace_id and p.owner_id = o.id and p.deleted_at is null order by p.id limit 1) p on true
     where o.workspace_id = ${workspace} order by o.display_name, o.id`;
  for (const { id } of owners) {
    const assigned_to = random.chance(0.65) ? random.pick(users) : null;
    await sql`update public.owners set assigned_to = ${assigned_to}, created_at = ${at(-random.int(58, 88))} where id = ${id}`;
  }
  // a company is spoken for by who works there
  const staff = await sql<{ owner_id: string; person_id: string }[]>`
    select o.id as owner_id, l.person_id from public.owners o
      join public.person_organizations l on l.workspace_id = o.workspace_id and l.organization_id = o.organization_id
     where o.workspace_id = ${workspace} order by o.display_name, l.person_id`;
  for (const [n, contact] of staff.entries()) {
    const row = {
      ...contact,
      workspace_id: workspace,
      role: n % 4 === 0 ? 'owner' : random.pick(['pm', 'assistant', 'broker']),
      preferred_channel: random.pick(['phone', 'sms', 'email', null]),
      notes: n % 5 === 0 ? 'Best before nine in the morning.' : null,
    };
    await sql`insert into public.owner_contacts ${sql(row)} on conflict do nothing`;
  }
  const busy = random.some(
    owners.filter(({ property_id }) => property_id),
    nextSteps.length + threads.length,
  );
  for (const [n, step] of nextSteps.entries()) {
    const owner = busy[n];
    if (!owner) break;
    await sql`insert into public.activities ${sql({
      workspace_id: workspace,
      kind: step.channel,
      channel: step.channel,
      direction: 'out',
      subject: step.subject,
      body: step.body,
      outcome: step.outcome,
      sentiment: step.sentiment,
      occurred_at: at(-step.daysAgo),
      next_step_at: at(step.stepInDays),
      performed_by: random.pick(users),
      owner_id: owner.id,
      person_id: owner.person_id,
      organization_id: owner.organization_id,
      property_id: owner.property_id,
    })}`;
  }
  for (const [n, lines] of threads.entries()) {
    const owner = busy[nextSteps.length + n];
    const user = random.pick(users);
    if (!owner) break;
    const conversation = random.uuid();
    await sql`insert into public.conversations ${sql({
      id: conversation,
      workspace_id: workspace,
      subject: [owner.name, owner.property].filter(Boolean).join(' · '),
      created_by: user,
    })}`;
    await sql`insert into public.owner_threads ${sql({
      workspace_id: workspace,
      owner_id: owner.id,
      property_id: owner.property_id,
      conversation_id: conversation,
    })}`;
    for (const [line, { from, body }] of lines.entries()) {
      await sql`insert into public.messages ${sql({
        workspace_id: workspace,
        conversation_id: conversation,
        direction: from,
        body,
        author_id: from === 'out' ? user : null,
        created_at: at(-2 - n + line * 0.07),
      })}`;
    }
  }
}
