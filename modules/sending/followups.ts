import 'server-only';
import { fromDatabase, unwrap } from '@/lib/errors';
import type { Log } from '@/lib/logger';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { renderStep } from '@/modules/campaigns/render';
import type { Fields, Snapshot } from '@/modules/campaigns/schema';
import { nextMove } from './edges';
import type { DrainContext, DrainOptions } from './queue';

/** Longer than a batch takes, so that a lease runs out only where its holder is gone. */
const leaseSeconds = 120;
/** Less than this and a batch that was begun might not end in time, in milliseconds. */
const spareMs = 15_000;

/** A row of `claim_followups`. */
type Due = {
  id: string;
  launch_id: string;
  step_id: string;
  variant: number;
  sent_at: string;
  is_opened: boolean;
  is_clicked: boolean;
  is_replied: boolean;
  time_zone: string;
  first_subject: string | null;
  first_message_id: string | null;
  fields: Fields;
};
type Claim = { lease: string; rows: Due[]; launches: Record<string, Snapshot> };

/** An element of `finish_followups`'s results. */
type Result =
  | { id: string; action: 'complete' }
  | { id: string; action: 'fail'; error: string }
  | { id: string; action: 'wait'; next_email_at: string }
  | {
      id: string;
      action: 'send';
      mail: {
        step_id: string;
        subject: string;
        /** Null: the model writes it before it goes. */
        body_text: string | null;
        body_html: string | null;
        run_at: string;
        in_reply_to: string | null;
        missing?: string[];
      };
    };

/** What comes next for one recipient. What can't be read or made is this one's alone: it is kept aside with what is wrong. */
function resultOf(row: Due, snapshot: Snapshot | undefined, now: Date, log: Log): Result {
  try {
    return nextOf(row, snapshot, now);
  } catch (error) {
    log.error({ err: error, recipient: row.id }, 'a follow-up could not be made');
    return { id: row.id, action: 'fail', error: String(error) };
  }
}

function nextOf(row: Due, snapshot: Snapshot | undefined, now: Date): Result {
  const step = snapshot?.steps.find((each) => each.id === row.step_id);
  if (!snapshot || !step) throw new Error('The launch’s copy doesn’t have the e-mail that went last');
  const move = nextMove(
    step.edges,
    {
      sentAt: new Date(row.sent_at),
      isOpened: row.is_opened,
      isClicked: row.is_clicked,
      isReplied: row.is_replied,
      timeZone: row.time_zone,
    },
    now,
  );
  if (move.kind === 'complete') return { id: row.id, action: 'complete' };
  if (move.kind === 'wait') return { id: row.id, action: 'wait', next_email_at: move.until.toISOString() };
  const { variant, first_subject: firstSubject } = row;
  const rendered = renderStep(snapshot, move.to, row.fields, { variant, firstSubject });
  return {
    id: row.id,
    action: 'send',
    mail: {
      step_id: move.to,
      subject: rendered.subject,
      body_text: rendered.needsWriting ? null : rendered.bodyText,
      body_html: rendered.needsWriting ? null : rendered.bodyHtml,
      run_at: move.dueAt.toISOString(),
      in_reply_to: row.first_message_id,
      ...(rendered.missing.length > 0 && { missing: rendered.missing }),
    },
  };
}

/** What `finish_followups` answers. */
type Done = { queued: number; waiting: number; completed: number; failed: number };

/**
 * Writes a batch down. Where the database can't take it, it is halved until what it can't take stands alone: that one is
 * kept aside with the reason.
 * @throws {AppError} `unavailable` where the database can't be asked: the lease runs out, and the next run takes them up
 */
async function finish(admin: Client, lease: string, results: Result[], at: { at?: string }): Promise<Done[]> {
  const { data, error } = await admin.rpc('finish_followups', {
    lease,
    results: results as unknown as Json,
    ...at,
  });
  if (!error) return [data as unknown as Done];
  const [only] = results;
  const isData = /^2[23]/.test(error.code);
  if (!isData || !only || (results.length === 1 && only.action === 'fail')) throw fromDatabase(error);
  if (results.length === 1)
    return finish(admin, lease, [{ id: only.id, action: 'fail', error: error.message }], at);
  const middle = Math.ceil(results.length / 2);
  return [
    ...(await finish(admin, lease, results.slice(0, middle), at)),
    ...(await finish(admin, lease, results.slice(middle), at)),
  ];
}

/**
 * Advances the recipients that are due along the edges of their launch's copy, batch after batch. Any number may run at
 * once and be killed: a recipient is claimed by one, and their next mail is written with the end of that claim.
 * @returns how many mails were queued, and how many recipients wait, are through, or have failed
 */
export async function scheduleFollowups(
  { admin, log, timeLeftMs }: DrainContext,
  { workspaceId, clock, batch = 200 }: Pick<DrainOptions, 'workspaceId' | 'clock' | 'batch'> = {},
): Promise<Record<string, number>> {
  const counts = { queued: 0, waiting: 0, completed: 0, failed: 0, campaigns: 0 };
  const at = () => (clock ? { at: clock().toISOString() } : {});
  while (timeLeftMs() > spareMs) {
    const args = {
      lease_seconds: leaseSeconds,
      batch,
      ...at(),
      ...(workspaceId && { only_workspace: workspaceId }),
    };
    const claim = unwrap(await admin.rpc('claim_followups', args)) as unknown as Claim;
    if (claim.rows.length === 0) break;
    const now = clock?.() ?? new Date();
    const results = claim.rows.map((row) => resultOf(row, claim.launches[row.launch_id], now, log));
    for (const done of await finish(admin, claim.lease, results, at())) {
      counts.queued += done.queued;
      counts.waiting += done.waiting;
      counts.completed += done.completed;
      counts.failed += done.failed;
    }
  }
  counts.campaigns = unwrap(await admin.rpc('complete_campaigns'));
  return counts;
}
