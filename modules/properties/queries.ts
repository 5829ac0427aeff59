import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { displayPhone, listRecords, type Page, withPhoneDisplay } from '@/modules/records/queries';
import type { ListQuery } from '@/modules/records/schema';
import { requireId } from '@/modules/records/service';
import type { PropertyDetail, PropertyRow } from './schema';

/** One page of properties, phones with their `display`. One round trip. */
export async function listProperties(
  supabase: Client,
  workspaceId: string,
  query: ListQuery,
): Promise<Page<PropertyRow>> {
  const page = await listRecords<PropertyRow>(supabase, workspaceId, 'properties', query);
  return { ...page, rows: withPhoneDisplay(page.rows) };
}

/** A property with all that hangs on it, or null. A deleted one is found, with `deleted_at` set. */
export async function findProperty(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<PropertyDetail | null> {
  const data = unwrap(await supabase.rpc('get_property', { workspace: workspaceId, property: id }));
  const property = data as unknown as PropertyDetail | null;
  for (const phone of property?.phones ?? []) phone.display = displayPhone(phone.e164);
  for (const person of property?.people ?? [])
    person.phone_display = person.phone && displayPhone(person.phone);
  return property;
}

/** As findProperty. @throws {AppError} `not_found`, also for an id that can't be one */
export async function getProperty(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<PropertyDetail> {
  const property = await findProperty(supabase, workspaceId, requireId(id));
  if (!property) throw new AppError('not_found', { userMessage: 'Not found' });
  return property;
}
