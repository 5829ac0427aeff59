import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { timelinePage } from '@/modules/activities/queries';
import { displayPhone, listRecords, type Page, withPhoneDisplay } from '@/modules/records/queries';
import type { ListQuery } from '@/modules/records/schema';
import { requireId } from '@/modules/records/service';
import type { OwnerBundle, OwnerFigures, OwnerRow } from './schema';

const timelineSize = 50;

/** One page of owners, phones with their `display`. One round trip. */
export async function listOwners(
  supabase: Client,
  workspaceId: string,
  query: ListQuery,
): Promise<Page<OwnerRow>> {
  const page = await listRecords<OwnerRow>(supabase, workspaceId, 'owners', query);
  return { ...page, rows: withPhoneDisplay(page.rows) };
}

/** The figures above the owners list. One round trip. */
export async function getOwnerFigures(supabase: Client, workspaceId: string): Promise<OwnerFigures> {
  return unwrap(await supabase.rpc('owner_figures', { workspace: workspaceId })) as unknown as OwnerFigures;
}

/**
 * An owner with all that its page shows, in one round trip; the database checks membership.
 * @throws {AppError} `not_found`, also for an id that can't be one. A deleted owner is found, with `deleted_at` set
 */
export async function getOwnerBundle(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<OwnerBundle> {
  const data = unwrap(
    await supabase.rpc('get_owner_bundle', {
      workspace: workspaceId,
      owner: requireId(id),
      timeline_size: timelineSize + 1,
    }),
  ) as unknown as (Omit<OwnerBundle, 'timeline'> & { timeline: Json; viewer: string }) | null;
  if (!data) throw new AppError('not_found', { userMessage: 'Not found' });
  const { viewer, ...bundle } = data;
  for (const phone of bundle.party.phones) phone.display = displayPhone(phone.e164);
  return {
    ...bundle,
    contacts: withPhoneDisplay(bundle.contacts),
    staff: withPhoneDisplay(bundle.staff),
    timeline: timelinePage(bundle.timeline, viewer, timelineSize),
  };
}
