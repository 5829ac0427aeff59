import type { ListDefinition } from '@/modules/records/domain';

/** The roles that people and organizations have at a property, as the database's check knows them. */
export const roles = ['owner', 'manager', 'trustee', 'special_servicer', 'developer'] as const;

/** The properties list as page, API and saved views know it. */
export const propertiesList: ListDefinition = {
  entity: 'properties',
  sorts: ['name', 'last_activity', 'units', 'created'],
  filters: {
    market: { kind: 'choice' },
    state: { kind: 'choice' },
    city: { kind: 'choice' },
    tags: { kind: 'choice' },
    has_owner: { kind: 'presence' },
    has_phone: { kind: 'presence' },
    sources: { kind: 'choice' },
    assigned_to: { kind: 'member' },
  },
};

/**
 * A property's place on one line, without what is missing.
 * @returns "4120 Elm St, Dallas, TX 75204", or an empty string
 */
export function placeOf(property: {
  address?: string | null;
  city?: string | null;
  state?: string | null;
  zip?: string | null;
}): string {
  const region = [property.state, property.zip].filter(Boolean).join(' ');
  return [property.address, property.city, region].filter(Boolean).join(', ');
}
