import type { LoadOptions, Option } from '@/components/ui/option-list';
import { api } from '@/lib/api-client';
import type { Found } from '@/modules/search/schema';
import type { LinkedEntity, Subject } from '../domain';

async function find(query: string, signal: AbortSignal): Promise<Found> {
  return api<Found>('GET', `/api/search?q=${encodeURIComponent(query)}&limit=12`, undefined, { signal });
}

const place = (city: string | null, state: string | null) =>
  [city, state].filter(Boolean).join(', ') || undefined;

/** Records as options, by what is typed; nothing before the first letter. Stable, as option lists need them. */
export const loadRecords: Record<LinkedEntity, LoadOptions> = {
  people: async (query, signal) =>
    query === ''
      ? []
      : (await find(query, signal)).people.map(({ id, name, title, organization, email }) => ({
          value: id,
          label: name ?? email ?? 'No name',
          detail: [organization, title].filter(Boolean).join(' · ') || undefined,
        })),
  organizations: async (query, signal) =>
    query === ''
      ? []
      : (await find(query, signal)).organizations.map(({ id, name, city, state }) => ({
          value: id,
          label: name,
          detail: place(city, state),
        })),
  properties: async (query, signal) =>
    query === ''
      ? []
      : (await find(query, signal)).properties.map(({ id, name, city, state }) => ({
          value: id,
          label: name,
          detail: place(city, state),
        })),
};

const asOption = (
  kind: Subject,
  id: string,
  label: string,
  ...detail: (string | null | undefined)[]
): Option => ({
  value: `${kind}:${id}`,
  label,
  detail: detail.filter(Boolean).join(' · '),
});

/** Records of every kind as options, the most likely first; a value is `kind:id`, as {@link readAnyRecord} takes it apart. */
export const loadAnyRecord: LoadOptions = async (query, signal) => {
  if (query === '') return [];
  const { owners, people, organizations, properties } = await find(query, signal);
  return [
    ...owners.map(({ id, name }) => asOption('owner', id, name, 'Owner')),
    ...people.map(({ id, name, email, organization }) =>
      asOption('person', id, name ?? email ?? 'No name', 'Person', organization),
    ),
    ...organizations.map(({ id, name, city, state }) =>
      asOption('organization', id, name, 'Organization', place(city, state)),
    ),
    ...properties.map(({ id, name, city, state }) =>
      asOption('property', id, name, 'Property', place(city, state)),
    ),
  ];
};

/** What a value of {@link loadAnyRecord} names. */
export function readAnyRecord(value: string): { kind: Exclude<Subject, 'verification'>; id: string } {
  const [kind, id] = value.split(':');
  return { kind: kind as Exclude<Subject, 'verification'>, id: id ?? '' };
}
