import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { PointKind, Sharers } from '@/modules/contact-points/domain';
import { displayPoint, readPoint } from '@/modules/contact-points/service';
import { requireId } from '@/modules/records/service';
import { getPerson } from './queries';
import type { CreatePerson, PersonDetail, UpdatePerson } from './schema';

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });

/** A person just made: each point says whether it was there before and who else has it. */
export type CreatedPerson = {
  id: string;
  points: { kind: PointKind; value: string; display: string; is_new: boolean; sharers: Sharers }[];
};

/**
 * Makes a person with organizations and contact points, whole or not at all. Points that exist are linked.
 * @throws {AppError} `invalid` at the field, such as `phones.1.value`; `not_found` for an organization or assignee that
 *   isn't in this workspace
 */
export async function createPerson(ctx: Context, person: CreatePerson): Promise<CreatedPerson> {
  const read = (kind: PointKind, key: string, points: CreatePerson['phones']) =>
    points.map(({ value, label }, index) => {
      const point = readPoint(kind, value, `${key}.${index}.value`);
      return { value: point.value, label: label || point.label, line_type: point.lineType };
    });
  const created = unwrap(
    await ctx.supabase.rpc('create_person', {
      workspace: ctx.workspaceId,
      person: {
        ...person,
        phones: read('phone', 'phones', person.phones),
        emails: read('email', 'emails', person.emails),
        linkedin: read('linkedin', 'linkedin', person.linkedin),
      },
    }),
  ) as unknown as CreatedPerson;
  return {
    id: created.id,
    points: created.points.map((point) => ({
      ...point,
      display: displayPoint(point.kind, point.value),
      sharers: { ...point.sharers, people: point.sharers.people.filter(({ id }) => id !== created.id) },
    })),
  };
}

/**
 * Changes fields of a person. What a person typed is marked by the database, so that no import overwrites it.
 * @returns the person as they are now
 * @throws {AppError} `not_found`, also for a deleted person
 */
export async function updatePerson(ctx: Context, id: string, change: UpdatePerson): Promise<PersonDetail> {
  const rows = unwrap(
    await ctx.supabase
      .from('people')
      .update(change)
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', requireId(id))
      .is('deleted_at', null)
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
  return getPerson(ctx.supabase, ctx.workspaceId, id);
}

/**
 * Links a person to an organization, made where there is none of that name. Repeating it changes the title.
 * @throws {AppError} `not_found` where either isn't in this workspace
 */
export async function linkOrganization(
  ctx: Context,
  person: string,
  input: { organization: { id?: string; name?: string }; title?: string | null; is_primary: boolean },
): Promise<{ link_id: string; organization_id: string }> {
  const linked = unwrap(
    await ctx.supabase.rpc('link_organization', {
      workspace: ctx.workspaceId,
      person: requireId(person),
      organization: input.organization,
      link_title: input.title ?? undefined,
      primary_link: input.is_primary,
    }),
  );
  return linked as unknown as { link_id: string; organization_id: string };
}

/**
 * Changes the title of a link, or makes its organization the primary.
 * @throws {AppError} `not_found`
 */
export async function updateOrganizationLink(
  ctx: Context,
  { link, ...change }: { link: string; title?: string | null; is_primary?: true },
): Promise<void> {
  const found = unwrap(
    await ctx.supabase.rpc('update_organization_link', { workspace: ctx.workspaceId, link, change }),
  );
  if (!found) throw notFound();
}

/** Takes a person from an organization; the next one becomes the primary. @throws {AppError} `not_found` */
export async function unlinkOrganization(ctx: Context, person: string, link: string): Promise<void> {
  const removed = unwrap(
    await ctx.supabase
      .from('person_organizations')
      .delete()
      .match({ workspace_id: ctx.workspaceId, person_id: requireId(person), id: link })
      .select('is_primary'),
  )[0];
  if (!removed) throw notFound();
  if (!removed.is_primary) return;
  const next = unwrap(
    await ctx.supabase
      .from('person_organizations')
      .select('id')
      .match({ workspace_id: ctx.workspaceId, person_id: person })
      .order('created_at')
      .limit(1),
  )[0];
  if (next) await updateOrganizationLink(ctx, { link: next.id, is_primary: true });
}

/**
 * Gives a person a role at a property.
 * @throws {AppError} `not_found` where either isn't in this workspace; `conflict` where they have that role
 */
export async function linkProperty(
  ctx: Context,
  person: string,
  input: { property: string; role: string },
): Promise<{ link_id: string }> {
  const rows = unwrap(
    await ctx.supabase
      .from('property_people')
      .insert({
        workspace_id: ctx.workspaceId,
        person_id: requireId(person),
        property_id: input.property,
        role: input.role,
      })
      .select('id'),
  );
  if (!rows[0]) throw notFound();
  return { link_id: rows[0].id };
}

/** Takes a role at a property from a person. @throws {AppError} `not_found` */
export async function unlinkProperty(ctx: Context, person: string, link: string): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('property_people')
      .delete()
      .match({ workspace_id: ctx.workspaceId, person_id: requireId(person), id: link })
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}

/** Says that two people are not one; the suggestion is not made again. @throws {AppError} `not_found` */
export async function dismissSuggestion(ctx: Context, person: string, suggestion: string): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('merge_suggestions')
      .update({ dismissed_at: new Date().toISOString() })
      .match({ workspace_id: ctx.workspaceId, id: requireId(suggestion) })
      .or(`person_id.eq.${requireId(person)},other_person_id.eq.${person}`)
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}
