import 'server-only';
import type { z } from 'zod';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { displayPhone } from '@/modules/records/queries';
import {
  type OutreachSubject,
  type OutreachTargets,
  type OutreachTemplate,
  outreachChannels,
} from './domain';
import type { listOutreachQuery } from './schema';

/**
 * Whom an outreach about something can go to, with their points, the templates and the workspace's zone. One round trip;
 * the database checks membership.
 * @throws {AppError} `not_found`
 */
export async function getOutreachTargets(
  supabase: Client,
  workspaceId: string,
  { kind, id }: OutreachSubject,
): Promise<OutreachTargets> {
  const targets = unwrap(
    await supabase.rpc('outreach_targets', { workspace: workspaceId, subject: kind, subject_id: id }),
  ) as unknown as OutreachTargets | null;
  if (!targets) throw new AppError('not_found', { userMessage: 'Not found' });
  for (const { phones } of [...targets.contacts, targets])
    for (const phone of phones) phone.display = displayPhone(phone.e164);
  return targets;
}

/** Outreach logged, the newest first. */
export async function listOutreach(
  supabase: Client,
  workspaceId: string,
  { before, limit, channel, ...equal }: z.output<typeof listOutreachQuery>,
) {
  let query = supabase
    .from('activities')
    .select(
      'id, channel, direction, subject, body, outcome, sentiment, next_step_at, next_step_closed_by, occurred_at, performed_by, person_id, organization_id, owner_id, property_id, verification_id, phone_id, email_id, linkedin_id',
    )
    .eq('workspace_id', workspaceId)
    .in('kind', channel ? [channel] : [...outreachChannels]);
  for (const [column, value] of Object.entries(equal))
    if (value) query = query.eq(column as 'owner_id', value);
  if (before) query = query.lt('occurred_at', before);
  return unwrap(await query.order('occurred_at', { ascending: false }).order('id').limit(limit));
}

const templateColumns = 'id, key, name, channel, subject, body, outcome, next_step_days, archived_at';

/** A template as its settings page shows it. */
export type TemplateRow = OutreachTemplate & { archived_at: string | null };

/** All templates of a workspace in their order, archived ones too. */
export async function listTemplates(supabase: Client, workspaceId: string): Promise<TemplateRow[]> {
  return unwrap(
    await supabase
      .from('outreach_templates')
      .select(templateColumns)
      .eq('workspace_id', workspaceId)
      .order('position')
      .order('created_at'),
  ) as unknown as TemplateRow[];
}
