import type { LoadOptions } from '@/components/ui/option-list';
import { api } from '@/lib/api-client';
import type { Found } from '@/modules/search/schema';
import type { LinkedEntity } from '../domain';

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
