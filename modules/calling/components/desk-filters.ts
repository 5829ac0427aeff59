'use client';

import { useQueryClient } from '@tanstack/react-query';
import {
  Building2,
  CalendarClock,
  CircleDot,
  Clock,
  History,
  ListFilter,
  Map as MapIcon,
  PhoneOff,
  Timer,
  Users,
} from 'lucide-react';
import { useMemo } from 'react';
import type { FilterField } from '@/components/filter-bar';
import { api } from '@/lib/api-client';
import { contactTypeWords, leadStatusWords } from '@/modules/people/domain';
import { fetchOptions } from '@/modules/records/components/use-records';
import { optionsOf, propertyRoles, wordOf } from '@/modules/records/domain';
import type { View } from '@/modules/views/schema';
import { outcomes, outcomeWord } from '../domain';

const roleWords = { ...contactTypeWords, ...propertyRoles };
const leastProperties = ['2', '3', '5', '10', '25'].map((value) => ({
  value,
  label: `at least ${value}`,
}));

/** What the desk is filtered by; states and views of people are asked for when their filter is opened. */
export function useDeskFilters(peopleViews: readonly { id: string; name: string }[]): FilterField[] {
  const client = useQueryClient();
  return useMemo(
    (): FilterField[] => [
      {
        key: 'state',
        label: 'State',
        icon: MapIcon,
        kind: 'choice',
        loadOptions: async (query) => {
          const [people, properties] = await Promise.all([
            fetchOptions(client, 'people'),
            fetchOptions(client, 'properties'),
          ]);
          const states = new Set([...(people.values.state ?? []), ...(properties.values.state ?? [])]);
          return [...states]
            .filter((state) => state.toLowerCase().includes(query.toLowerCase()))
            .sort()
            .map((value) => ({ value, label: value }));
        },
      },
      { key: 'role', label: 'Role', icon: Users, kind: 'choice', options: optionsOf(roleWords) },
      {
        key: 'lead_status',
        label: 'Lead status',
        icon: CircleDot,
        kind: 'choice',
        options: optionsOf(leadStatusWords),
      },
      {
        key: 'last_outcome',
        label: 'Last outcome',
        icon: History,
        kind: 'choice',
        options: outcomes.map((value) => ({ value, label: outcomeWord(value) })),
      },
      {
        key: 'min_properties',
        label: 'Properties',
        icon: Building2,
        kind: 'choice',
        options: leastProperties,
      },
      {
        key: 'never_called',
        label: 'Called',
        icon: PhoneOff,
        kind: 'choice',
        options: [{ value: 'yes', label: 'never' }],
      },
      {
        key: 'follow_up',
        label: 'Follow-up',
        icon: CalendarClock,
        kind: 'choice',
        options: [
          { value: 'due', label: 'due now' },
          { value: 'any', label: 'promised' },
        ],
      },
      {
        key: 'open',
        label: 'Calling hours',
        icon: Clock,
        kind: 'choice',
        options: [{ value: 'now', label: 'open now' }],
      },
      {
        key: 'held',
        label: 'Held',
        icon: Timer,
        kind: 'choice',
        options: [{ value: 'yes', label: 'numbers that rest' }],
      },
      {
        key: 'people_view',
        label: 'View of people',
        icon: ListFilter,
        kind: 'choice',
        labels: Object.fromEntries(peopleViews.map(({ id, name }) => [id, name])),
        loadOptions: async (query) => {
          const { views } = await client.fetchQuery({
            queryKey: ['views', 'people', 'choice'],
            queryFn: () => api<{ views: View[] }>('GET', '/api/views?entity=people'),
            staleTime: 60_000,
          });
          return views
            .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
            .map(({ id, name }) => ({ value: id, label: name }));
        },
      },
    ],
    [client, peopleViews],
  );
}

/** A role on a property, or a kind of contact, in words. */
export const roleWord = (role: string) => wordOf(roleWords, role);
