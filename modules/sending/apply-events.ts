import 'server-only';
import { AppError, type DatabaseError, fromDatabase } from '@/lib/errors';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { type EmailEvent, readSparkpostEvent } from './sparkpost-events';

/** How often a batch is tried that another transaction stood in the way of. */
const attempts = 4;
const inTheWay = ['40P01', '40001', '55P03'];

/** An event as it was received, and what became of it: null, or why it can't be applied. */
export type Applied = { id: string; error: string | null };

/**
 * Applies events of SparkPost as one set. Where the database can't take the set, it is halved until what it can't take
 * stands alone: that one is poison, the others are applied.
 * @returns what became of each
 * @throws {AppError} `unavailable` where the database can't be asked: nothing is known of what is left
 */
export async function applySparkpostEvents(
  admin: Client,
  received: { id: string; payload: Json }[],
): Promise<Applied[]> {
  const events: { id: string; event: EmailEvent }[] = [];
  const applied: Applied[] = [];
  for (const { id, payload } of received) {
    const event = readSparkpostEvent(payload);
    if (event) events.push({ id, event });
    else applied.push({ id, error: null });
  }
  return [...applied, ...(await applySet(admin, events))];
}

async function applySet(admin: Client, events: { id: string; event: EmailEvent }[]): Promise<Applied[]> {
  if (events.length === 0) return [];
  const error = await tryApply(
    admin,
    events.map(({ event }) => event),
  );
  if (!error) return events.map(({ id }) => ({ id, error: null }));
  const known = fromDatabase(error);
  if (known instanceof AppError && known.code === 'unavailable') throw known;
  const [first] = events;
  if (events.length === 1 && first) return [{ id: first.id, error: error.message }];
  const middle = Math.ceil(events.length / 2);
  return [
    ...(await applySet(admin, events.slice(0, middle))),
    ...(await applySet(admin, events.slice(middle))),
  ];
}

async function tryApply(admin: Client, events: EmailEvent[]): Promise<DatabaseError | null> {
  for (let attempt = 1; ; attempt += 1) {
    const { error } = await admin.rpc('apply_email_events', { events });
    if (!error || attempt === attempts || !inTheWay.includes(error.code)) return error;
  }
}
