/** Numbers of theirs and of ours, whoever stands behind them, and callers who have claimed one. */
import { sql } from './db';
import type { Actor, Workspace } from './factories';
import { uniqueNumber } from './twilio';

const zones = [
  'Pacific/Auckland',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Asia/Dubai',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Honolulu',
];
const hourIn = (zone: string) =>
  Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format());

/** A zone where it is day now, and one where it is night: whatever the clock says when a test runs. */
export const openZone = () => zones.find((zone) => hourIn(zone) >= 9 && hourIn(zone) < 20) ?? 'UTC';
export const closedZone = () => zones.find((zone) => hourIn(zone) < 7 || hourIn(zone) >= 22) ?? 'UTC';

/** A number of theirs. */
export type TheirNumber = { id: string; e164: string; personIds: string[] };

/** Makes a number with so many people behind it, in a zone where it is day unless another is named. */
export async function makeNumber(
  workspace: Workspace,
  options: { people?: number; assignedTo?: Actor; zone?: string; doNotCall?: boolean } = {},
): Promise<TheirNumber> {
  const { people = 1, assignedTo, zone = openZone(), doNotCall = false } = options;
  const e164 = uniqueNumber();
  const [phone] = await sql()<{ id: string }[]>`
    insert into phones (workspace_id, e164, time_zone, do_not_call, do_not_call_at)
    values (${workspace.id}, ${e164}, ${zone}, ${doNotCall}, ${doNotCall ? new Date() : null}) returning id`;
  const id = phone?.id ?? '';
  const personIds: string[] = [];
  for (let n = 0; n < people; n += 1) {
    const [person] = await sql()<{ id: string }[]>`
      insert into people (workspace_id, first_name, last_name, assigned_to)
      values (${workspace.id}, ${`Robin ${n}`}, 'Doe', ${assignedTo?.userId ?? null}) returning id`;
    personIds.push(person?.id ?? '');
    await sql()`insert into person_phones (workspace_id, person_id, phone_id, is_primary)
      values (${workspace.id}, ${person?.id ?? ''}, ${id}, true)`;
  }
  return { id, e164, personIds };
}

/** Makes a number of ours. */
export async function makeOwnNumber(
  workspace: Workspace,
  options: { assignedTo?: Actor; isDefault?: boolean } = {},
): Promise<{ id: string; e164: string }> {
  const e164 = uniqueNumber('737');
  const [number] = await sql()<{ id: string }[]>`
    insert into phone_numbers (workspace_id, e164, label, is_default_sender, assigned_to)
    values (${workspace.id}, ${e164}, 'Main line', ${options.isDefault ?? false}, ${options.assignedTo?.userId ?? null}) returning id`;
  return { id: number?.id ?? '', e164 };
}

/** Sets the phone that rings for a caller. */
export async function giveOwnPhone(actor: Actor): Promise<string> {
  const e164 = uniqueNumber('415');
  await sql()`update profiles set phone_e164 = ${e164} where user_id = ${actor.userId}`;
  return e164;
}

/** Claims a number for a caller for the next minutes, whoever had it. */
export async function claim(workspace: Workspace, number: TheirNumber, actor: Actor): Promise<void> {
  await sql()`
    insert into call_claims (workspace_id, phone_id, user_id, expires_at)
    values (${workspace.id}, ${number.id}, ${actor.userId}, now() + interval '10 minutes')
    on conflict (workspace_id, phone_id) do update set user_id = excluded.user_id, expires_at = excluded.expires_at`;
}
