/** Campaigns under way by SQL, drains by a clock of one's own, and the emulator that their mails arrive at. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';
import { logger } from '../../lib/logger';
import type { Database } from '../../lib/supabase/database.types';
import type { Snapshot } from '../../modules/campaigns/schema';
import { type DrainOptions, drainQueue } from '../../modules/sending/queue';
import type { Rule } from '../../supabase/local/providers/http';
import type { ShownMail } from '../../supabase/local/providers/sparkpost-store';
import { sql } from './db';
import { type Actor, unique, uniqueEmail, type Workspace } from './factories';
import { testStack } from './stack';

/**
 * What a drain works with outside of the app: the service role on the run's stack, with its providers' settings.
 * @param beforeFacts happens once after the first claim was committed, before its facts are read
 */
export function drainContext(beforeFacts?: () => Promise<unknown>) {
  const { url, secretKey, env } = testStack();
  Object.assign(process.env, env, { LOG_LEVEL: 'silent' });
  let pending = beforeFacts;
  const admin = createClient<Database>(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: ws as unknown as typeof WebSocket },
    global: {
      fetch: async (target, init) => {
        if (String(target).includes('/rpc/email_facts') && pending) {
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

/** A Tuesday, ten in Chicago, years from now: drains by the real clock see nothing of what is due then. */
export const workday = new Date('2031-03-04T16:00:00Z');

/** Drains one workspace at an instant. @param beforeFacts as drainContext's */
export async function drainAt(
  workspace: Workspace,
  now: Date | (() => Date),
  { beforeFacts, ...options }: DrainOptions & { beforeFacts?: () => Promise<unknown> } = {},
) {
  const clock = typeof now === 'function' ? now : () => now;
  return drainQueue(drainContext(beforeFacts), { workspaceId: workspace.id, clock, ...options });
}

/** A campaign that is sending. */
export type SendingCampaign = {
  id: string;
  workspace: Workspace;
  launchId: string;
  stepIds: string[];
  domains: { id: string; domain: string }[];
};

export type CampaignOptions = {
  domains?: number;
  /** Seconds between two mails of a domain. */
  interval?: number;
  cap?: number;
  exitsOnReply?: boolean;
  stopScope?: 'person' | 'owner' | 'property';
  zoneOf?: 'campaign' | 'recipient';
  timeZone?: string;
  /** Ways from the first step to the others, in their order. */
  edges?: Partial<Snapshot['steps'][number]['edges'][number]>[];
  /** When its domains may begin. */
  from?: Date;
};

/** Makes a campaign that is sending from its first mail on (without one it would be over), with a sender, domains and a launch of one step and those its edges lead to. */
export async function makeSendingCampaign(
  actor: Actor,
  workspace: Workspace,
  options: CampaignOptions = {},
): Promise<SendingCampaign> {
  const { domains = 1, interval = 0, cap = 100_000, edges = [], from = workday } = options;
  const word = unique();
  const stepIds = [randomUUID(), ...edges.map(() => randomUUID())];
  const [sender] = await sql()<{ id: string }[]>`
    insert into senders (workspace_id, name, local_part, postal_address, created_by)
    values (${workspace.id}, 'Dana Whitfield', ${`dana-${word}`}, '100 Main Street, Austin, TX 78701', ${actor.userId}) returning id`;
  const made = await sql()<{ id: string; domain: string }[]>`
    insert into sending_domains (workspace_id, domain, interval_seconds, jitter_seconds, daily_cap, next_send_at, created_by)
    select ${workspace.id}, ${word} || '-' || n || '.example', ${interval}, 0, ${cap}, ${from}, ${actor.userId}
      from generate_series(1, ${domains}::int) n returning id, domain`;
  const [campaign] = await sql()<{ id: string }[]>`
    insert into campaigns (workspace_id, name, status, sender_id, exit_conditions, stop_scope, zone_of, time_zone, launched_at, created_by)
    values (${workspace.id}, ${`Owners ${word}`}, 'staged', ${sender?.id ?? null},
            ${options.exitsOnReply === false ? ['unsubscribe', 'bounce', 'complaint'] : ['reply', 'unsubscribe', 'bounce', 'complaint']},
            ${options.stopScope ?? 'person'}, ${options.zoneOf ?? 'campaign'}, ${options.timeZone ?? 'America/Chicago'}, now(), ${actor.userId})
    returning id`;
  if (!sender || !campaign) throw new Error('nothing was inserted');
  const snapshot: Snapshot = {
    entryStepId: stepIds[0] ?? '',
    format: 'text',
    sender: {
      id: sender.id,
      name: 'Dana Whitfield',
      localPart: `dana-${word}`,
      replyTo: null,
      mailboxId: null,
      mailboxAddress: null,
      signature: 'Dana',
      postalAddress: '100 Main Street, Austin, TX 78701',
    },
    steps: stepIds.map((id, index) => ({
      id,
      name: `E-mail ${index + 1}`,
      subjects: [index === 0 ? 'Your property' : ''],
      sections: [
        {
          id: randomUUID(),
          kind: 'fixed',
          content: `Mail ${index + 1} to {{ first_name | default: "there" }}`,
        },
      ],
      edges:
        index > 0
          ? []
          : edges.map((edge, at) => ({
              to: stepIds[at + 1] ?? '',
              days: 0,
              hours: 0,
              minutes: 0,
              condition: 'no_reply',
              ...edge,
            })),
    })),
  };
  const [launch] = await sql()<{ id: string }[]>`
    insert into campaign_launches (workspace_id, campaign_id, snapshot, launched_by)
    values (${workspace.id}, ${campaign.id}, ${sql().json(snapshot)}, ${actor.userId}) returning id`;
  return { id: campaign.id, workspace, launchId: launch?.id ?? '', stepIds, domains: made };
}

export type QueuedTestMail = {
  id: string;
  recipientId: string;
  personId: string;
  emailId: string;
  address: string;
  domainId: string;
};

/** Queues the first mail of a campaign to a new person. */
export async function queueFirstMail(
  actor: Actor,
  campaign: SendingCampaign,
  options: { runAt?: Date; zone?: string; domain?: number; address?: string } = {},
): Promise<QueuedTestMail> {
  const { workspace } = campaign;
  const address = options.address ?? uniqueEmail();
  const domain = campaign.domains[options.domain ?? 0];
  if (!domain) throw new Error('the campaign has no such domain');
  const ids = { personId: randomUUID(), emailId: randomUUID(), recipientId: randomUUID(), id: randomUUID() };
  const thread = ids.recipientId.replaceAll('-', '');
  await sql().begin(async (tx) => {
    await tx`insert into people (id, workspace_id, first_name, last_name) values (${ids.personId}, ${workspace.id}, 'Avery', ${unique()})`;
    await tx`insert into emails (id, workspace_id, address) values (${ids.emailId}, ${workspace.id}, ${address})`;
    await tx`insert into person_emails (workspace_id, person_id, email_id, is_primary)
      values (${workspace.id}, ${ids.personId}, ${ids.emailId}, true)`;
    await tx`insert into campaign_recipients (id, workspace_id, campaign_id, person_id, email_id, status, launch_id, domain_id, thread_token)
      values (${ids.recipientId}, ${workspace.id}, ${campaign.id}, ${ids.personId}, ${ids.emailId}, 'active', ${campaign.launchId}, ${domain.id}, ${thread})`;
    await tx`update campaigns set status = 'sending' where id = ${campaign.id} and status = 'staged'`;
    await tx`insert into email_queue (id, workspace_id, campaign_id, recipient_id, step_id, person_id, email_id, to_address, domain_id,
        from_name, from_address, subject, body_text, status, run_at, thread_token, time_zone, created_by)
      values (${ids.id}, ${workspace.id}, ${campaign.id}, ${ids.recipientId}, ${campaign.stepIds[0] ?? null}, ${ids.personId}, ${ids.emailId},
        ${address}, ${domain.id}, 'Dana Whitfield', ${`dana@${domain.domain}`}, 'Your property', 'Good morning', 'queued',
        ${options.runAt ?? workday}, ${thread}, ${options.zone ?? null}, ${actor.userId})`;
  });
  return { ...ids, address, domainId: domain.id };
}

/** A mail as the queue has it now. */
export async function queued(id: string) {
  const [mail] = await sql()<
    {
      status: string;
      attempts: number;
      run_at: Date;
      decision: { verdict: string; reason: string; until?: string } | null;
      last_error: string | null;
      provider_message_id: string | null;
      message_id: string | null;
      in_reply_to: string | null;
      is_paused: boolean;
      domain_id: string | null;
      from_address: string;
      subject: string;
      body_text: string;
      step_id: string;
      lease_token: string | null;
      cap_day: Date | null;
    }[]
  >`select * from email_queue where id = ${id}`;
  if (!mail) throw new Error('no such mail');
  return mail;
}

/** A recipient as it is now. */
export async function recipientNow(id: string) {
  const [recipient] = await sql()<
    {
      status: string;
      exit_reason: string | null;
      current_step_id: string | null;
      next_email_at: Date | null;
    }[]
  >`select status, exit_reason, current_step_id, next_email_at from campaign_recipients where id = ${id}`;
  if (!recipient) throw new Error('no such recipient');
  return recipient;
}

/** A domain as it is now. */
export async function domainNow(id: string) {
  const [domain] = await sql()<
    {
      breaker: string;
      breaker_until: Date | null;
      consecutive_errors: number;
      next_send_at: Date;
      wait_reason: string | null;
      last_error: string | null;
    }[]
  >`select * from sending_domains where id = ${id}`;
  if (!domain) throw new Error('no such domain');
  return domain;
}

/** The SparkPost that the run's mails go to. */
export const sparkpostEmulator = {
  url: () => testStack().env.SPARKPOST_API_URL ?? '',
  /** Answers requests that match as the rule says. */
  async misbehave(rule: Rule): Promise<void> {
    await fetch(`${this.url()}/__control/rules`, { method: 'POST', body: JSON.stringify(rule) });
  },
  /** Forgets the rules that match on a text. */
  async behave(contains: string): Promise<void> {
    await fetch(`${this.url()}/__control/rules?contains=${encodeURIComponent(contains)}`, {
      method: 'DELETE',
    });
  },
  /** The mails that an address got, newest first. */
  async inbox(to: string): Promise<ShownMail[]> {
    const response = await fetch(`${this.url()}/__control/messages?to=${encodeURIComponent(to)}`);
    return (await response.json()) as ShownMail[];
  },
};

/** A drain in a process of its own. */
export type DrainProcess = {
  /** Ends it as a machine that loses its power does. */
  kill: () => Promise<void>;
  /** Its counts, or null where it was killed. */
  counts: Promise<Record<string, number> | null>;
};

/** Starts a drain that can be killed. @param at its clock; the real one where it is left out */
export function startDrainProcess(
  options: DrainOptions & { at?: Date; job?: 'followups' | 'texts' },
): DrainProcess {
  const child = spawn(
    process.execPath,
    [
      '--conditions=react-server',
      '--import',
      'tsx',
      fileURLToPath(new URL('./drain-process.ts', import.meta.url)),
    ],
    {
      env: {
        ...process.env,
        ...testStack().env,
        LOG_LEVEL: 'silent',
        DRAIN_OPTIONS: JSON.stringify(options),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    counts: exited.then((code) => (code === 0 ? (JSON.parse(printed) as Record<string, number>) : null)),
  };
}

/** Asks until it is so. @throws {Error} where it isn't within twenty seconds */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it never came to be so');
}
