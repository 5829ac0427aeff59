/** Numbers of ours and theirs by SQL, and drains of texts by a clock of one's own. */
import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';
import { logger } from '../../lib/logger';
import type { Database } from '../../lib/supabase/database.types';
import { type DrainOptions, drainTexts } from '../../modules/texts/queue';
import { sql } from './db';
import { type Actor, unique, type Workspace } from './factories';
import { testStack } from './stack';
import { uniqueNumber } from './twilio';

/** A Tuesday, noon in Chicago, years from now: drains by the real clock see nothing of what is due then. */
export const noon = new Date('2031-03-04T18:00:00Z');

/**
 * What a drain works with outside of the app.
 * @param beforeFacts happens once after the first claim was committed, before its facts are read
 */
export function textContext(beforeFacts?: () => Promise<unknown>) {
  const { url, secretKey, env } = testStack();
  Object.assign(process.env, env, { LOG_LEVEL: 'silent' });
  let pending = beforeFacts;
  const admin = createClient<Database>(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: ws as unknown as typeof WebSocket },
    global: {
      fetch: async (target, init) => {
        if (String(target).includes('/rpc/text_facts') && pending) {
          const happens = pending;
          pending = undefined;
          await happens();
        }
        return fetch(target, init);
      },
    },
  });
  return { admin, log: logger({}), timeLeftMs: () => 240_000, requestId: 'test' };
}

/** Drains one workspace's texts at an instant. @param beforeFacts as textContext's */
export async function drainTextsAt(
  workspace: Workspace,
  now: Date | (() => Date) = noon,
  { beforeFacts, ...options }: DrainOptions & { beforeFacts?: () => Promise<unknown> } = {},
) {
  const clock = typeof now === 'function' ? now : () => now;
  return drainTexts(textContext(beforeFacts), { workspaceId: workspace.id, clock, ...options });
}

/** A number of ours that texts go from. @param options.from when it may begin; what the real clock drains comes before then */
export async function makeNumber(
  workspace: Workspace,
  options: { interval?: number; cap?: number; isDefault?: boolean; from?: Date } = {},
): Promise<{ id: string; e164: string }> {
  const [number] = await sql()<{ id: string; e164: string }[]>`
    insert into phone_numbers (workspace_id, e164, label, interval_ms, daily_cap, is_default_sender, next_send_at)
    values (${workspace.id}, ${uniqueNumber('737')}, ${`Line ${unique()}`}, ${options.interval ?? 0}, ${options.cap ?? 100_000},
            ${options.isDefault ?? false}, ${options.from ?? new Date('2020-01-01')}) returning id, e164`;
  if (!number) throw new Error('nothing was inserted');
  return number;
}

export type Contact = { id: string; e164: string; people: string[] };

/** A number of theirs with people behind it, in Chicago where no zone is given. */
export async function makeContact(
  workspace: Workspace,
  options: {
    people?: number;
    zone?: string | null;
    lineType?: string;
    e164?: string;
    firstName?: string | null;
    assignedTo?: Actor;
  } = {},
): Promise<Contact> {
  const { people = 1, zone = 'America/Chicago', firstName = 'Avery' } = options;
  const [phone] = await sql()<{ id: string; e164: string }[]>`
    insert into phones (workspace_id, e164, time_zone, line_type)
    values (${workspace.id}, ${options.e164 ?? uniqueNumber()}, ${zone}, ${options.lineType ?? null}) returning id, e164`;
  if (!phone) throw new Error('nothing was inserted');
  const ids = Array.from({ length: people }, () => randomUUID());
  for (const id of ids) {
    await sql()`insert into people (id, workspace_id, first_name, last_name, assigned_to)
      values (${id}, ${workspace.id}, ${firstName}, ${unique()}, ${options.assignedTo?.userId ?? null})`;
    await sql()`insert into person_phones (workspace_id, person_id, phone_id, is_primary)
      values (${workspace.id}, ${id}, ${phone.id}, true)`;
  }
  return { ...phone, people: ids };
}

/** Queues a text to a number, due at noon. */
export async function queueTextTo(
  workspace: Workspace,
  contact: Contact,
  number: { id: string },
  options: { body?: string; runAt?: Date; purpose?: 'direct' | 'auto' } = {},
): Promise<string> {
  const id = randomUUID();
  const runAt = options.runAt ?? noon;
  await sql()`insert into sms_messages (id, workspace_id, direction, purpose, phone_id, phone_number_id, person_id, body, status, run_at, created_at)
    values (${id}, ${workspace.id}, 'out', ${options.purpose ?? 'direct'}, ${contact.id}, ${number.id},
            ${contact.people.length === 1 ? (contact.people[0] ?? null) : null}, ${options.body ?? `Good day ${unique()}`}, 'queued',
            ${runAt}, ${options.purpose === 'auto' ? runAt : new Date()})`;
  return id;
}

/** A text as the database has it now. */
export async function textNow(id: string) {
  const [text] = await sql()<
    {
      status: string;
      body: string;
      segments: number | null;
      attempts: number;
      run_at: Date | null;
      decision: { verdict: string; reason: string; until?: string; note?: string } | null;
      delivery: string | null;
      delivery_rank: number;
      provider_sid: string | null;
      last_error: string | null;
      error_code: string | null;
      phone_id: string;
      phone_number_id: string;
      person_id: string | null;
    }[]
  >`select * from sms_messages where id = ${id}`;
  if (!text) throw new Error('no such text');
  return text;
}

/** A number of theirs as it is now. */
export async function phoneNow(id: string) {
  const [phone] = await sql()<
    { sms_opted_out_at: Date | null; sms_opt_out_source: string | null; do_not_call: boolean }[]
  >`select sms_opted_out_at, sms_opt_out_source, do_not_call from phones where id = ${id}`;
  if (!phone) throw new Error('no such number');
  return phone;
}
