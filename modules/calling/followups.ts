import 'server-only';
import { fromDatabase, unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';
import type { Log } from '@/lib/logger';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { renderStep } from '@/modules/campaigns/render';
import type { Fields } from '@/modules/campaigns/schema';
import type { FollowupProblem } from './followup-words';

const batch = 100;
/** Less than this and a batch might not end in time, in milliseconds. */
const spareMs = 15_000;

/** An element of `read_call_followups`: a call, and its mail where one can go. */
type Due = {
  call_id: string;
  workspace_id: string;
  outcome: string;
  reason: FollowupProblem | null;
  signature: string;
  subject: string | null;
  body: string;
  fields: Fields;
};
type Written = Omit<Due, 'fields' | 'signature'> & { missing?: string[] };

/** The mail of one call, filled in; what can't be made is kept on the call as the reason why none goes. */
function writtenOf({ fields, signature, ...due }: Due, log: Log): Written {
  if (due.reason) return due;
  try {
    const mail = renderStep(
      {
        entryStepId: 'mail',
        format: 'text',
        sender: {
          id: '',
          name: '',
          localPart: '',
          replyTo: null,
          mailboxId: null,
          mailboxAddress: null,
          postalAddress: '',
          signature,
        },
        steps: [
          {
            id: 'mail',
            name: 'Follow-up',
            subjects: [due.subject ?? ''],
            sections: [{ id: 'body', kind: 'fixed', content: due.body }],
            edges: [],
          },
        ],
      },
      'mail',
      fields,
    );
    if (mail.missing.length > 0) return { ...due, reason: 'missing_fields', missing: mail.missing };
    return { ...due, subject: mail.subject, body: mail.bodyText };
  } catch (error) {
    log.error({ err: error, call: due.call_id }, 'a follow-up could not be made');
    return { ...due, reason: 'broken' };
  }
}

/** What `write_call_followups` answers. */
type Counts = { queued: number; none: number };

/**
 * Keeps a batch. Where the database can't take it, it is halved until what it can't take stands alone: that call says so.
 * @throws {AppError} `unavailable` where the database can't be asked: the next run does the work
 */
async function write(admin: Client, rows: Written[], log: Log): Promise<Counts> {
  const { data, error } = await admin.rpc('write_call_followups', { rows: rows as unknown as Json });
  if (!error) return data as unknown as Counts;
  const [only] = rows;
  const isData = /^2[23]/.test(error.code);
  if (!isData || !only || (rows.length === 1 && only.reason)) throw fromDatabase(error);
  if (rows.length === 1) {
    log.error({ err: error, call: only.call_id }, 'a follow-up could not be kept');
    return write(admin, [{ ...only, reason: 'broken' }], log);
  }
  const middle = Math.ceil(rows.length / 2);
  const first = await write(admin, rows.slice(0, middle), log);
  const second = await write(admin, rows.slice(middle), log);
  return { queued: first.queued + second.queued, none: first.none + second.none };
}

/**
 * Writes the mails that follow calls by their outcome. Nothing is sent here, and a call's mail has one id whoever writes
 * it: any number of runs may work at once, and end at any point.
 * @param options.workspaceId one workspace's calls alone
 * @returns how many mails were queued, and how many calls say why none goes
 */
export async function queueFollowups(
  { admin, log, timeLeftMs }: CronContext,
  options: { workspaceId?: string } = {},
): Promise<Counts> {
  const counts = { queued: 0, none: 0 };
  const scope = options.workspaceId ? { only_workspace: options.workspaceId } : {};
  while (timeLeftMs() > spareMs) {
    const due = unwrap(await admin.rpc('read_call_followups', { batch, ...scope })) as unknown as Due[];
    if (due.length === 0) break;
    const { queued, none } = await write(
      admin,
      due.map((each) => writtenOf(each, log)),
      log,
    );
    counts.queued += queued;
    counts.none += none;
  }
  return counts;
}
