import 'server-only';
import { normalizeState } from '@/lib/contact-points/address';
import { AppError, type Existing, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { Sharers } from '@/modules/contact-points/domain';
import { displayPoint, readPoint } from '@/modules/contact-points/service';
import { requireId, setDeleted } from '@/modules/records/service';
import { getProperty } from './queries';
import type { CreateProperty, PropertyDetail, UpdateProperty } from './schema';

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });

/** A property just made: each phone says whether it was there before and who else has it. */
export type CreatedProperty = {
  id: string;
  points: { kind: 'phone'; value: string; display: string; is_new: boolean; sharers: Sharers }[];
};

function exists(existing: Existing | null, cause?: unknown): AppError {
  const message = existing
    ? `${existing.name} is here already, with this name and address`
    : 'A property with this name and address is here already';
  return new AppError('conflict', {
    userMessage: message,
    fields: { name: message },
    existing: existing ?? undefined,
    cause,
  });
}

const withStateCode = <T extends { state?: string | null }>(given: T): T =>
  given.state ? { ...given, state: normalizeState(given.state) } : given;

/**
 * Makes a property with its phones and the parties behind it, whole or not at all. The first owner named is its owner, a
 * firm before its contact.
 * @throws {AppError} `conflict` with `existing` where one of its name and address is here; `invalid` at the field;
 *   `not_found` for a party or assignee that isn't in this workspace
 */
export async function createProperty(ctx: Context, property: CreateProperty): Promise<CreatedProperty> {
  const row = {
    ...withStateCode(property),
    people: property.people.map(({ person, role }) => ({ ...person, role })),
    organizations: property.organizations.map(({ organization, role }) => ({ ...organization, role })),
    phones: property.phones.map(({ value, label }, index) => {
      const point = readPoint('phone', value, `phones.${index}.value`);
      return { value: point.value, label: label || point.label, line_type: point.lineType };
    }),
  };
  const created = unwrap(
    await ctx.supabase.rpc('create_property', { workspace: ctx.workspaceId, property: row }),
  ) as unknown as CreatedProperty | { existing: Existing | null };
  if ('existing' in created) throw exists(created.existing);
  return {
    id: created.id,
    points: created.points.map((point) => ({
      ...point,
      display: displayPoint(point.kind, point.value),
      sharers: {
        ...point.sharers,
        properties: point.sharers.properties.filter(({ id }) => id !== created.id),
      },
    })),
  };
}

/** Names the property that a change of this one would be a double of. */
async function doubleOf(ctx: Context, id: string, change: UpdateProperty): Promise<Existing | null> {
  const { name, address, city } = { ...(await getProperty(ctx.supabase, ctx.workspaceId, id)), ...change };
  const existing = unwrap(
    await ctx.supabase.rpc('find_property', {
      workspace: ctx.workspaceId,
      property_name: name ?? '',
      property_address: address ?? '',
      property_city: city ?? '',
      except_id: id,
    }),
  );
  return existing as unknown as Existing | null;
}

const isDouble = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'conflict';

/**
 * Changes fields of a property. What a person typed is marked by the database, so that no import overwrites it.
 * @returns the property as it is now
 * @throws {AppError} `conflict` with `existing` where it would become a double; `invalid` where neither name nor address
 *   would be left; `not_found`, also for a deleted one
 */
export async function updateProperty(
  ctx: Context,
  id: string,
  change: UpdateProperty,
): Promise<PropertyDetail> {
  if (change.name === null || change.address === null) {
    const rest = { ...(await getProperty(ctx.supabase, ctx.workspaceId, id)), ...change };
    if (!rest.name && !rest.address) {
      const message = 'A name or an address is needed';
      throw new AppError('invalid', {
        userMessage: message,
        fields: { [change.name === null ? 'name' : 'address']: message },
      });
    }
  }
  try {
    const rows = unwrap(
      await ctx.supabase
        .from('properties')
        .update(withStateCode(change))
        .eq('workspace_id', ctx.workspaceId)
        .eq('id', requireId(id))
        .is('deleted_at', null)
        .select('id'),
    );
    if (rows.length === 0) throw notFound();
  } catch (error) {
    throw isDouble(error) ? exists(await doubleOf(ctx, id, change), error) : error;
  }
  return getProperty(ctx.supabase, ctx.workspaceId, id);
}

/**
 * Brings a deleted property back.
 * @throws {AppError} `conflict` with `existing` where another took its name and address meanwhile; `not_found`
 */
export async function restoreProperty(ctx: Context, id: string): Promise<void> {
  try {
    await setDeleted(ctx, 'properties', id, false);
  } catch (error) {
    throw isDouble(error) ? exists(await doubleOf(ctx, id, {}), error) : error;
  }
}

/**
 * Gives a person or an organization a role at a property; a new one is made. Repeating it changes nothing.
 * @param party `{ id }`, or the name of somebody new; an organization of exactly that name is taken
 * @returns the link and the party's id
 * @throws {AppError} `not_found` where either isn't in this workspace
 */
export async function linkParty(
  ctx: Context,
  property: string,
  kind: 'person' | 'organization',
  party: { id?: string; first_name?: string | null; last_name?: string | null; name?: string },
  role: string,
): Promise<{ link_id: string; id: string }> {
  const linked = unwrap(
    await ctx.supabase.rpc('link_property_party', {
      workspace: ctx.workspaceId,
      property: requireId(property),
      party_kind: kind,
      party,
      party_role: role,
    }),
  );
  return linked as unknown as { link_id: string; id: string };
}

/** Takes a role at a property from a person or an organization. @throws {AppError} `not_found` */
export async function unlinkParty(
  ctx: Context,
  property: string,
  kind: 'person' | 'organization',
  link: string,
): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from(kind === 'person' ? 'property_people' : 'property_organizations')
      .delete()
      .match({ workspace_id: ctx.workspaceId, property_id: requireId(property), id: link })
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}
