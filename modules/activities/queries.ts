import 'server-only';
import type { z } from 'zod';
import { unwrap } from '@/lib/errors';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { cutPage, type TimelineEntry, type TimelinePage } from './domain';
import type { listActivitiesQuery, timelineQuery } from './schema';

/** A page of a record's timeline: activities, notes and imports. One round trip, under row level security. */
export async function listTimeline(
  supabase: Client,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  { subject, id, before, limit }: z.output<typeof timelineQuery>,
): Promise<TimelinePage> {
  const page = { workspace: workspaceId, before, page_size: limit + 1 };
  const found = unwrap(
    subject === 'owner'
      ? await supabase.rpc('list_owner_timeline', { ...page, owner: id })
      : await supabase.rpc('list_timeline', { ...page, subject, subject_id: id }),
  );
  return timelinePage(found, userId, limit);
}

/**
 * A page of a timeline from what the database gave.
 * @param found up to `limit + 1` entries, the newest first
 */
export function timelinePage(found: Json, userId: string, limit: number): TimelinePage {
  const entries = (found as unknown as Omit<TimelineEntry, 'is_mine'>[]).map((entry) => ({
    ...entry,
    is_mine: entry.actor_id === userId,
  }));
  return cutPage(entries, limit);
}

/** Activities of the workspace, newest first. */
export async function listActivities(
  supabase: Client,
  workspaceId: string,
  { before, limit, ...equal }: z.output<typeof listActivitiesQuery>,
) {
  let query = supabase
    .from('activities')
    .select(
      'id, kind, channel, direction, subject, body, outcome, sentiment, next_step_at, occurred_at, performed_by, person_id, organization_id, owner_id, property_id, verification_id, phone_id, email_id, linkedin_id',
    )
    .eq('workspace_id', workspaceId);
  for (const [column, value] of Object.entries(equal)) if (value) query = query.eq(column as 'kind', value);
  if (before) query = query.lt('occurred_at', before);
  return unwrap(await query.order('occurred_at', { ascending: false }).order('id').limit(limit));
}
