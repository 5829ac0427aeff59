import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { displayPhone, listRecords, type Page, withPhoneDisplay } from '@/modules/records/queries';
import type { ListQuery } from '@/modules/records/schema';
import { requireId } from '@/modules/records/service';
import type { OrganizationDetail, OrganizationRow } from './schema';

/** One page of organizations, phones with their `display`. One round trip. */
export async function listOrganizations(
  supabase: Client,
  workspaceId: string,
  query: ListQuery,
): Promise<Page<OrganizationRow>> {
  const page = await listRecords<OrganizationRow>(supabase, workspaceId, 'organizations', query);
  return { ...page, rows: withPhoneDisplay(page.rows) };
}

/** An organization with all that hangs on it, or null. A deleted one is found, with `deleted_at` set. */
export async function findOrganization(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<OrganizationDetail | null> {
  const data = unwrap(await supabase.rpc('get_organization', { workspace: workspaceId, organization: id }));
  const organization = data as unknown as OrganizationDetail | null;
  for (const phone of organization?.phones ?? []) phone.display = displayPhone(phone.e164);
  return organization;
}

/** As findOrganization. @throws {AppError} `not_found`, also for an id that can't be one */
export async function getOrganization(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<OrganizationDetail> {
  const organization = await findOrganization(supabase, workspaceId, requireId(id));
  if (!organization) throw new AppError('not_found', { userMessage: 'Not found' });
  return organization;
}
