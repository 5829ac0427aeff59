/** A campaign of 25,000: how long until they are chosen by a filter, checked, and each has a first mail to review. */
import postgres from 'postgres';
import { call } from '../support/app';
import { graphOf, readCampaign, writtenStep } from '../support/campaigns';
import { createWorkspace, signUp, unique } from '../support/factories';
import { type Bench, type Figures, machine, round } from './harness';

const people = 25_000;
const content = `Hello {{ first_name | default: "there" }},

{% if property_name %}I have been looking at {{ property_name }} in {{ property_city | default: "your city" }}.{% else %}I have been looking at what you own.{% endif %}
Would you be open to a short call about a master lease for {{ company | default: "your team" }} this month?

Kind regards`;

/**
 * @returns seconds until 25,000 people were chosen by a filter; until the problems (none) were told; from the launch until every
 *   first mail was written; and how many mails there are, and doubles among them
 */
export async function launchBench({ stack, log }: Bench): Promise<Figures> {
  const sql = postgres(stack.dbUrl, { max: 2, onnotice: () => undefined });
  try {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    const tag = unique();
    await sql`update workspaces set tier = 'premium' where id = ${workspace.id}`;
    await sql`insert into senders (workspace_id, name, local_part, postal_address, signature)
      values (${workspace.id}, 'Dana Whitfield', ${`dana-${tag}`}, '100 Main Street, Austin, TX 78701', 'Dana')`;
    await sql`insert into sending_domains (workspace_id, domain, daily_cap)
      select ${workspace.id}, ${tag} || '-' || n || '.example', 120 from generate_series(1, 30) n`;
    await sql`with made as (
        insert into people (workspace_id, first_name, last_name, city, state, tags)
        select ${workspace.id}, 'Avery', 'Stone ' || n, 'Austin', 'TX', array[${tag}] from generate_series(1, ${people}::int) n
        returning id, last_name
      ), addresses as (
        insert into emails (workspace_id, address)
        select ${workspace.id}, ${tag} || '-' || n || '@mail.example' from generate_series(1, ${people}::int) n returning id, address
      )
      insert into person_emails (workspace_id, person_id, email_id, is_primary)
      select ${workspace.id}, m.id, a.id, true from made m
        join addresses a on split_part(split_part(a.address, '-', 2), '@', 1) = split_part(m.last_name, ' ', 2)`;
    await sql`with made as (
        insert into properties (workspace_id, name, address, city, state, units)
        select ${workspace.id}, 'Cedar Court ' || n, n || ' Cedar Street', 'Austin', 'TX', n % 300 from generate_series(1, ${people / 2}::int) n
        returning id, name
      )
      insert into property_people (workspace_id, property_id, person_id, role)
      select ${workspace.id}, m.id, p.id, 'owner' from made m
        join people p on p.workspace_id = ${workspace.id} and split_part(p.last_name, ' ', 2) = split_part(m.name, ' ', 3)`;
    await sql`analyze people, emails, person_emails, properties, property_people`;

    const ask = async <T>(path: string, method: string, body?: unknown): Promise<T> => {
      const answer = await call<T>(`/api/campaigns${path}`, { as: owner, workspace, method, body });
      if (answer.status >= 300)
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    };
    const timed = async (name: string, work: () => Promise<unknown>): Promise<number> => {
      const begin = performance.now();
      await work();
      const seconds = round((performance.now() - begin) / 1000);
      log(`  ${name}: ${seconds} s`);
      return seconds;
    };

    const { id } = await ask<{ id: string }>('', 'POST', { name: 'Everybody' });
    await ask(`/${id}/steps`, 'PUT', graphOf({ version: 1 }, [writtenStep('A word', content)]));
    const chosen = await timed('25,000 people chosen by a filter', () =>
      ask(`/${id}/recipients`, 'POST', { filter: { tags: [tag] } }),
    );
    const checked = await timed('problems looked for', () => ask(`/${id}/problems`, 'GET'));
    const launched = await timed('launched until every first mail was written', async () => {
      await ask(`/${id}/launch`, 'POST');
      for (let done = 0; done < people; ) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        done = (await readCampaign(owner, workspace, id)).staging.done;
      }
    });
    const [written] = await sql<{ mails: number; people: number; domains: number }[]>`
      select count(*)::int as mails, count(distinct recipient_id)::int as people, count(distinct domain_id)::int as domains
        from email_queue where campaign_id = ${id} and status = 'staged'`;
    const { mails = 0, people: distinct = 0, domains = 0 } = written ?? {};
    log(`  ${mails} mails for ${distinct} people by ${domains} domains`);
    const accepted = await timed('all accepted', () => ask(`/${id}/accept`, 'POST', { all: true }));
    return {
      recipients: people,
      chosen_seconds: chosen,
      checked_seconds: checked,
      launched_seconds: launched,
      accepted_seconds: accepted,
      mails,
      doubles: mails - distinct,
      domains,
      machine: machine(),
    };
  } finally {
    await sql.end();
  }
}
