/** What tests of calls share: numbers with somebody behind them, at a place where it is open or closed now. */
import { appUrl, call } from './app';
import { sql } from './db';
import { type Actor, createPerson, type PersonInput, uniquePhone, type Workspace } from './factories';

const zones = [
  'Pacific/Honolulu',
  'America/Los_Angeles',
  'America/New_York',
  'Europe/London',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Pacific/Auckland',
];
const hourIn = (zone: string) =>
  Number(new Date().toLocaleString('en-GB', { timeZone: zone, hour: '2-digit', hour12: false }));

/** A zone whose clock is well within calling hours at the moment. */
export const openZone = () => zones.find((zone) => hourIn(zone) >= 9 && hourIn(zone) < 19) as string;
/** One where nobody may be called now, nor within the hour. */
export const closedZone = () => zones.find((zone) => hourIn(zone) >= 22 || hourIn(zone) < 6) as string;

/** Makes somebody with one number of their own. @returns both ids, and the number */
export async function createCallee(
  actor: Actor,
  workspace: Workspace,
  more: PersonInput & { zone?: string } = {},
): Promise<{ person: string; phone: string; e164: string }> {
  const { zone = openZone(), ...input } = more;
  const e164 = uniquePhone();
  const { id: person } = await createPerson(actor, workspace, { phones: [e164], ...input });
  const [phone] = await sql()<{ id: string }[]>`
    update phones set time_zone = ${zone} where workspace_id = ${workspace.id} and e164 = ${e164} returning id`;
  return { person, phone: phone?.id as string, e164 };
}

/** Has one more person stand behind a number. @returns their id */
export async function shareNumber(actor: Actor, workspace: Workspace, phone: string): Promise<string> {
  const { id } = await createPerson(actor, workspace);
  await sql()`insert into person_phones (workspace_id, person_id, phone_id) values (${workspace.id}, ${id}, ${phone})`;
  return id;
}

/** Claims a number and notes what a call to it came to. */
export async function callAndNote<T = { call: { id: string }; siblings: number }>(
  as: Actor,
  workspace: Workspace,
  phone: string,
  body: Record<string, unknown>,
) {
  await call(`/api/phones/${phone}/claim`, { as, workspace, body: {} });
  return call<T>(`/api/phones/${phone}/calls`, { as, workspace, body });
}

/** The numbers on the desk, as far as a filter shows them. */
export async function deskNumbers(as: Actor, workspace: Workspace, query = ''): Promise<string[]> {
  const { body, status } = await call<{ rows: { id: string }[] }>(`/api/calls/desk?limit=200${query}`, {
    as,
    workspace,
  });
  if (status !== 200) throw new Error(`${appUrl()} answered ${status}: ${JSON.stringify(body)}`);
  return body.rows.map(({ id }) => id);
}

/** The desk's row of a number, as the database keeps it. */
export async function targetOf(phone: string) {
  const [row] = await sql()`
    select people_count, property_count, states, roles, lead_statuses, is_callable, last_outcome, call_count, rule, held_until, follow_up_at
      from call_targets where phone_id = ${phone}`;
  return row;
}
