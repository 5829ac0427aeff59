/** Calls with their outcomes by SQL, the rules of what follows them, and what became of it. */
import { randomUUID } from 'node:crypto';
import type { CallFollowup } from '../../modules/calling/followup-words';
import { sql } from './db';
import { type Actor, unique, uniqueEmail, uniquePhone, type Workspace } from './factories';

/** Somebody with a number and, where wanted, an address. */
export type Callee = {
  personId: string;
  phoneId: string;
  e164: string;
  emailId: string | null;
  address: string | null;
};

/** Makes a person behind a number. @param options.phoneId shares a number that is there */
export async function makeCallee(
  workspace: Workspace,
  options: { address?: string | null; phoneId?: string; firstName?: string } = {},
): Promise<Callee> {
  const address = options.address === undefined ? uniqueEmail() : options.address;
  const ids = { personId: randomUUID(), phoneId: options.phoneId ?? randomUUID(), emailId: randomUUID() };
  const e164 = uniquePhone();
  await sql().begin(async (tx) => {
    await tx`insert into people (id, workspace_id, first_name, last_name)
      values (${ids.personId}, ${workspace.id}, ${options.firstName ?? 'Avery'}, ${unique()})`;
    if (!options.phoneId)
      await tx`insert into phones (id, workspace_id, e164) values (${ids.phoneId}, ${workspace.id}, ${e164})`;
    await tx`insert into person_phones (workspace_id, person_id, phone_id) values (${workspace.id}, ${ids.personId}, ${ids.phoneId})`;
    if (address === null) return;
    await tx`insert into emails (id, workspace_id, address) values (${ids.emailId}, ${workspace.id}, ${address})`;
    await tx`insert into person_emails (workspace_id, person_id, email_id, is_primary)
      values (${workspace.id}, ${ids.personId}, ${ids.emailId}, true)`;
  });
  return { ...ids, e164, address, emailId: address === null ? null : ids.emailId };
}

/** What a call is written down as, beside whom it led to. */
export type CallOptions = {
  outcome?: string;
  reached?: 'confirmed' | 'somebody_else' | 'wrong_person' | null;
  personId?: string | null;
  captured?: string | null;
  direction?: 'out' | 'in';
  via?: 'manual' | 'phone' | 'browser';
  /** When it was, and when its outcome was given. */
  at?: Date;
  seconds?: number | null;
  userId?: string | null;
  undone?: boolean;
};

/** Writes a call down with its outcome, by default ten minutes ago. */
export async function makeCall(
  actor: Actor,
  workspace: Workspace,
  phoneId: string,
  options: CallOptions = {},
): Promise<string> {
  const at = options.at ?? new Date(Date.now() - 600_000);
  const [call] = await sql()<{ id: string }[]>`
    insert into calls (workspace_id, phone_id, user_id, direction, via, outcome, outcome_at, reached, person_id, email_captured, started_at,
      duration_seconds, undone_at)
    values (${workspace.id}, ${phoneId}, ${options.userId === undefined ? actor.userId : options.userId}, ${options.direction ?? 'out'},
      ${options.via ?? 'manual'}, ${options.outcome ?? 'no_answer'}, ${at}, ${options.reached ?? null}, ${options.personId ?? null},
      ${options.captured ?? null}, ${at}, ${options.seconds ?? null}, ${options.undone ? at : null}) returning id`;
  if (!call) throw new Error('nothing was inserted');
  return call.id;
}

/** A template of e-mails, and the rule that it follows an outcome; in force since an hour ago. */
export async function makeRule(
  workspace: Workspace,
  outcome: 'no_answer' | 'pending_signup' | 'invalid_number',
  options: { senderId?: string; subject?: string; body?: string; delayMinutes?: number; since?: Date } = {},
): Promise<{ templateId: string }> {
  await sql()`update workspaces set tier = 'premium' where id = ${workspace.id}`;
  const [template] = await sql()<{ id: string }[]>`
    insert into outreach_templates (workspace_id, name, channel, subject, body)
    values (${workspace.id}, ${unique()}, 'email', ${options.subject ?? 'Sorry that we missed you'},
      ${options.body ?? 'Hello {{ first_name }}, I tried to reach you.'}) returning id`;
  await sql()`insert into followup_rules (workspace_id, outcome, template_id, via, sender_id, delay_minutes, enabled_at)
    values (${workspace.id}, ${outcome}, ${template?.id ?? ''}, ${options.senderId ? 'sender' : 'gmail'}, ${options.senderId ?? null},
      ${options.delayMinutes ?? 5}, ${options.since ?? new Date(Date.now() - 3_600_000)})
    on conflict (workspace_id, outcome) do update set template_id = excluded.template_id, via = excluded.via, sender_id = excluded.sender_id,
      delay_minutes = excluded.delay_minutes, enabled_at = excluded.enabled_at`;
  return { templateId: template?.id ?? '' };
}

/** What screens are told of the mail after a call. */
export async function followupOf(workspace: Workspace, call: string): Promise<CallFollowup | null> {
  const [row] = await sql()<{ followup: CallFollowup | null }[]>`
    select private.call_followup(${workspace.id}, ${call}) as followup`;
  return row?.followup ?? null;
}
