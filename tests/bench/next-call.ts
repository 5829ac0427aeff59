/** Fifty callers who ask for the next number at once, round after round, until a thousand numbers are given out. */
import postgres from 'postgres';
import { addMember, createWorkspace, signUp, type Workspace } from '../support/factories';
import { type Bench, type Figures, machine, percentiles } from './harness';

const callers = 50;
const numbers = 1000;
const rounds = numbers / callers;

/** Numbers with somebody behind each, at a place where it is open at the moment. */
async function fill(sql: postgres.Sql, workspace: Workspace): Promise<void> {
  const [zone] = await sql<{ name: string }[]>`
    select name from pg_timezone_names where name in ('Pacific/Honolulu', 'America/New_York', 'Europe/London', 'Asia/Kolkata', 'Asia/Tokyo')
       and (now() at time zone name)::time between '09:00' and '19:00' limit 1`;
  await sql.begin(async (tx) => {
    await tx`select set_config('app.import_id', 'benchmark', true)`;
    await tx`insert into people (workspace_id, first_name, source_key) select ${workspace.id}, 'Callee ' || n, n::text from generate_series(0, ${numbers - 1}) n`;
    await tx`insert into phones (workspace_id, e164, time_zone) select ${workspace.id}, '+1212555' || lpad(n::text, 4, '0'), ${zone?.name as string} from generate_series(0, ${numbers - 1}) n`;
    await tx`insert into person_phones (workspace_id, person_id, phone_id)
      select ${workspace.id}, h.id, p.id from people h join phones p on p.workspace_id = h.workspace_id and p.e164 = '+1212555' || lpad(h.source_key, 4, '0')
       where h.workspace_id = ${workspace.id}`;
  });
  await sql`select private.refresh_call_targets(${workspace.id}, array(select id from phones where workspace_id = ${workspace.id}))`;
  await sql.unsafe('analyze call_targets, phones, people, person_phones, call_claims');
}

/** @returns percentiles of an answer through the app and in the database, and whether each number was given once */
export async function nextCallBench(bench: Bench): Promise<Figures> {
  const owner = await signUp({ fullName: 'Bench Mark' });
  const workspace = await createWorkspace(owner);
  const team = [owner];
  while (team.length < callers) team.push(await addMember(workspace));
  const sql = postgres(bench.stack.dbUrl, { max: 1, onnotice: () => undefined });
  const pool = postgres(bench.stack.dbUrl, { max: callers, onnotice: () => undefined });
  try {
    await fill(sql, workspace);
    const figures: Figures = { machine: machine(), callers, numbers };

    /** Round after round: everybody asks at the same time, and has passed over what they had. */
    const play = async (name: string, ask: (caller: number, skip: string[]) => Promise<string | null>) => {
      await sql`delete from call_claims where workspace_id = ${workspace.id}`;
      const given: (string | null)[] = [];
      const took: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const answers = await Promise.all(
          team.map(async (_, caller) => {
            const from = performance.now();
            const id = await ask(caller, []);
            took.push(performance.now() - from);
            return id;
          }),
        );
        given.push(...answers);
        // each keeps what they were given, as if they were on the phone: it is somebody else's from now on
        await sql`update call_claims set user_id = ${owner.userId}, expires_at = now() + interval '1 hour' where workspace_id = ${workspace.id}`;
        await sql`update call_targets t set held_until = now() + interval '1 hour' from call_claims c
          where c.workspace_id = ${workspace.id} and t.workspace_id = c.workspace_id and t.phone_id = c.phone_id`;
      }
      await sql`update call_targets set held_until = null where workspace_id = ${workspace.id}`;
      figures[name] = {
        ...percentiles(took),
        given: given.filter(Boolean).length,
        given_twice: given.length - new Set(given).size,
      };
      bench.log(`  ${name}: ${JSON.stringify(figures[name])}`);
    };

    const throughApp = async (caller: number, skip: string[]) => {
      const response = await fetch(`${bench.appUrl}/api/calls/next`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${team[caller]?.token}`,
          'x-workspace-id': workspace.id,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ filter: {}, skip }),
      });
      const answer = (await response.json()) as { row?: { id: string } };
      return answer.row?.id ?? null;
    };
    const inDatabase = (caller: number, skip: string[]) =>
      pool.begin(async (tx) => {
        await tx`select set_config('request.jwt.claim.sub', ${team[caller]?.userId as string}, true), set_config('request.jwt.claim.role', 'authenticated', true)`;
        const [answer] = await tx<{ next: { row?: { id: string } } }[]>`
          select next_call(${workspace.id}, '{}', ${skip}::uuid[]) as next`;
        return answer?.next.row?.id ?? null;
      });
    await play('warm_up', throughApp);
    await play('through_app', throughApp);
    await play('in_database', inDatabase);
    return figures;
  } finally {
    await sql.end();
    await pool.end();
  }
}
