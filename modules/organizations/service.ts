import 'server-only';
import { normalizeState } from '@/lib/contact-points/address';
import { parseWebsite } from '@/lib/contact-points/website';
import { AppError, type Existing, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { PointKind, Sharers } from '@/modules/contact-points/domain';
import { displayPoint, readPoint } from '@/modules/contact-points/service';
import { requireId } from '@/modules/records/service';
import { getOrganization } from './queries';
import type { CreateOrganization, LinkPerson, OrganizationDetail, UpdateOrganization } from './schema';

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });

/** An organization just made: each point says whether it was there before and who else has it. */
export type CreatedOrganization = {
  id: string;
  points: { kind: PointKind; value: string; display: string; is_new: boolean; sharers: Sharers }[];
};

/** A state as its USPS code where it is one, and a website as an address with its domain. */
function tidy<T extends { state?: string | null; website?: string | null }>(
  given: T,
): T & { domain?: string | null } {
  const state = given.state ? { state: normalizeState(given.state) } : {};
  if (given.website === undefined) return { ...given, ...state };
  if (given.website === null) return { ...given, ...state, domain: null };
  const website = parseWebsite(given.website);
  if (!website.ok) {
    const message = `“${given.website}” ${website.reason}`;
    throw new AppError('invalid', { userMessage: message, fields: { website: message } });
  }
  return { ...given, ...state, website: website.value.url, domain: website.value.domain };
}

/**
 * Makes an organization with phones, e-mails and people, whole or not at all. Points that exist are linked.
 * @throws {AppError} `conflict` with `existing` where one of its name stands in the same state; `invalid` at the field;
 *   `not_found` for a person or assignee that isn't in this workspace
 */
export async function createOrganization(
  ctx: Context,
  { allow_same_name, ...organization }: CreateOrganization,
): Promise<CreatedOrganization> {
  const read = (kind: PointKind, key: string, points: CreateOrganization['phones']) =>
    points.map(({ value, label }, index) => {
      const point = readPoint(kind, value, `${key}.${index}.value`);
      return { value: point.value, label: label || point.label, line_type: point.lineType };
    });
  const row = {
    ...tidy(organization),
    people: organization.people.map(({ person, title }) => ({ ...person, title })),
    phones: read('phone', 'phones', organization.phones),
    emails: read('email', 'emails', organization.emails),
  };
  if (!allow_same_name) {
    const existing = unwrap(
      await ctx.supabase.rpc('find_organization', {
        workspace: ctx.workspaceId,
        organization_name: row.name,
        organization_state: row.state ?? undefined,
      }),
    ) as unknown as Existing | null;
    if (existing) {
      const message = `${existing.name} is here already`;
      throw new AppError('conflict', { userMessage: message, fields: { name: message }, existing });
    }
  }
  const created = unwrap(
    await ctx.supabase.rpc('create_organization', { workspace: ctx.workspaceId, organization: row }),
  ) as unknown as CreatedOrganization;
  return {
    id: created.id,
    points: created.points.map((point) => ({
      ...point,
      display: displayPoint(point.kind, point.value),
      sharers: {
        ...point.sharers,
        organizations: point.sharers.organizations.filter(({ id }) => id !== created.id),
      },
    })),
  };
}

/**
 * Changes fields of an organization. What a person typed is marked by the database, so that no import overwrites it.
 * @returns the organization as it is now
 * @throws {AppError} `invalid` at the field; `not_found`, also for a deleted one
 */
export async function updateOrganization(
  ctx: Context,
  id: string,
  change: UpdateOrganization,
): Promise<OrganizationDetail> {
  const rows = unwrap(
    await ctx.supabase
      .from('organizations')
      .update(tidy(change))
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', requireId(id))
      .is('deleted_at', null)
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
  return getOrganization(ctx.supabase, ctx.workspaceId, id);
}

/**
 * Links a person, known or new, to an organization. Repeating it changes the title.
 * @returns the link and the person's id
 * @throws {AppError} `not_found` where either isn't in this workspace
 */
export async function linkPerson(
  ctx: Context,
  organization: string,
  { person, title }: LinkPerson,
): Promise<{ link_id: string; id: string }> {
  const linked = unwrap(
    await ctx.supabase.rpc('link_organization_person', {
      workspace: ctx.workspaceId,
      organization: requireId(organization),
      person,
      person_title: title ?? undefined,
    }),
  );
  return linked as unknown as { link_id: string; id: string };
}

/** Changes what somebody is at an organization. @throws {AppError} `not_found` */
export async function updatePersonLink(
  ctx: Context,
  organization: string,
  { link, title }: { link: string; title: string | null },
): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('person_organizations')
      .update({ title })
      .match({ workspace_id: ctx.workspaceId, organization_id: requireId(organization), id: link })
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}

/** Finds whom a link joins, so that the person's own service can take it away. @throws {AppError} `not_found` */
export async function personOfLink(ctx: Context, organization: string, link: string): Promise<string> {
  const rows = unwrap(
    await ctx.supabase
      .from('person_organizations')
      .select('person_id')
      .match({ workspace_id: ctx.workspaceId, organization_id: requireId(organization), id: link }),
  );
  if (!rows[0]) throw notFound();
  return rows[0].person_id;
}

/**
 * Gives an organization a role at a property. Repeating it changes nothing.
 * @throws {AppError} `not_found` where either isn't in this workspace
 */
export async function linkProperty(
  ctx: Context,
  organization: string,
  { property, role }: { property: string; role: string },
): Promise<{ link_id: string }> {
  const linked = unwrap(
    await ctx.supabase.rpc('link_property_party', {
      workspace: ctx.workspaceId,
      property,
      party_kind: 'organization',
      party: { id: requireId(organization) },
      party_role: role,
    }),
  ) as unknown as { link_id: string };
  return { link_id: linked.link_id };
}

/** Takes a role at a property from an organization. @throws {AppError} `not_found` */
export async function unlinkProperty(ctx: Context, organization: string, link: string): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('property_organizations')
      .delete()
      .match({ workspace_id: ctx.workspaceId, organization_id: requireId(organization), id: link })
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}
