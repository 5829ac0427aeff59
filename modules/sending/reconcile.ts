import 'server-only';
import { unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';
import { maxRecipientsLength, searchEvents, sparkpostProblem } from '@/lib/providers/sparkpost';
import type { Json } from '@/lib/supabase/database.types';
import { applySparkpostEvents } from './apply-events';
import { readSparkpostEvent } from './sparkpost-events';

/** Mails that are looked up in one run. */
const mailsPerRun = 500;
/** Events that wait from earlier, in one run. */
const eventsPerRun = 2000;
/** A clock of ours may be ahead of SparkPost's, and a mail may have been due long before it went. */
const earlierMs = 24 * 3600_000;
/** SparkPost finds events about a minute late; what isn't found after a quarter of an hour isn't there. */
const unfoundAfterMs = 15 * 60_000;

type Unknown = { id: string; to_address: string; since: string };

/**
 * Finds out about mails of which nobody knows whether they went: asks SparkPost for their events, and applies what it has.
 * None is ever sent again from here. Takes up events whose handling was broken off, and forgets old ones.
 */
export async function reconcileEmails(ctx: CronContext): Promise<Record<string, number>> {
  const left = await applyLeftEvents(ctx);
  const forgotten = unwrap(await ctx.admin.rpc('forget_provider_events', { wanted: 5000 }));
  const counts = { left, forgotten, asked: 0, found: 0, unfound: 0, failed: 0 };
  if (sparkpostProblem()) return counts;
  const mails = unwrap(await ctx.admin.rpc('claim_unknown_emails', { wanted: mailsPerRun })) as Unknown[];
  for (const group of byLength(mails)) {
    if (ctx.timeLeftMs() < 60_000) break;
    counts.asked += group.length;
    try {
      const { found, unfound } = await lookUp(ctx, group);
      counts.found += found;
      counts.unfound += unfound;
    } catch (error) {
      // nothing is known of these; they are asked for again in five minutes
      ctx.log.warn({ err: error }, 'SparkPost could not be asked for events');
      counts.failed += group.length;
    }
  }
  return counts;
}

async function lookUp({ admin }: CronContext, mails: Unknown[]): Promise<{ found: number; unfound: number }> {
  const sent = new Set(mails.map(({ id }) => id));
  const earliest = Math.min(...mails.map(({ since }) => Date.parse(since))) - earlierMs;
  const recipients = [...new Set(mails.map(({ to_address }) => to_address))];
  const payloads = await searchEvents({ recipients, from: new Date(earliest).toISOString() });
  const known = new Set<string>();
  const ours: { id: string; payload: Json }[] = [];
  for (const payload of payloads) {
    const event = readOrNull(payload);
    if (!event || !sent.has(event.send_id)) continue;
    known.add(event.send_id);
    ours.push({ id: event.event_id, payload: payload as Json });
  }
  await applySparkpostEvents(admin, ours);
  const late = mails.filter(
    ({ id, since }) => !known.has(id) && Date.now() - Date.parse(since) > unfoundAfterMs,
  );
  if (late.length > 0) unwrap(await admin.rpc('note_unfound_emails', { mails: late.map(({ id }) => id) }));
  return { found: known.size, unfound: mails.length - known.size };
}

/** What a search gives besides events of ours is nobody's error. */
function readOrNull(payload: unknown) {
  try {
    return readSparkpostEvent(payload);
  } catch {
    return null;
  }
}

/** In groups whose addresses fit into one query. */
function byLength(mails: Unknown[]): Unknown[][] {
  const groups: Unknown[][] = [];
  let room = 0;
  for (const mail of mails) {
    const length = encodeURIComponent(mail.to_address).length + 3;
    if (length > room) {
      groups.push([]);
      room = maxRecipientsLength;
    }
    room -= length;
    groups.at(-1)?.push(mail);
  }
  return groups;
}

/** Events that were kept and never handled: the database was down, or the app was killed. */
async function applyLeftEvents({ admin }: CronContext): Promise<number> {
  const left = unwrap(
    await admin.rpc('unhandled_provider_events', { source: 'sparkpost', wanted: eventsPerRun }),
  );
  if (left.length === 0) return 0;
  const results: { event_id: string; error: string | null }[] = [];
  const sound: { id: string; payload: Json }[] = [];
  for (const { event_id, payload } of left) {
    try {
      readSparkpostEvent(payload);
      sound.push({ id: event_id, payload });
    } catch (error) {
      results.push({ event_id, error: String(error) });
    }
  }
  const applied = await applySparkpostEvents(admin, sound);
  results.push(...applied.map(({ id, error }) => ({ event_id: id, error })));
  unwrap(await admin.rpc('finish_provider_events', { source: 'sparkpost', results }));
  return results.length;
}
