'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FilterField } from '@/components/filter-bar';
import { type ListDefinition, wordOf } from '../domain';
import type { Assignee } from '../queries';
import type { ListFilter } from './list-config';
import { fetchOptions } from './use-records';

/** The filters of a list for the filter bar; the values in use are asked for when a filter is opened. */
export function useFilterFields(
  definition: ListDefinition,
  filters: readonly ListFilter[],
  members: readonly Assignee[],
): FilterField[] {
  const client = useQueryClient();
  return useMemo(
    () =>
      filters.map(({ key, label, icon, options, words = {} }): FilterField => {
        const kind = definition.filters[key]?.kind;
        if (kind === 'presence') return { key, label, icon, kind };
        if (kind === 'member') {
          const people = members.map(({ id, name }) => ({ value: id, label: name }));
          return {
            key,
            label,
            icon,
            kind: 'choice',
            options: [...people, { value: 'none', label: 'Nobody' }],
          };
        }
        if (options) return { key, label, icon, kind: 'choice', options };
        return {
          key,
          label,
          icon,
          kind: 'choice',
          labels: words,
          loadOptions: async (query) => {
            const { values } = await fetchOptions(client, definition.entity);
            const typed = query.toLowerCase();
            return (values[key] ?? [])
              .map((value) => ({ value, label: words[value] ? wordOf(words, value) : value }))
              .filter((option) => option.label.toLowerCase().includes(typed))
              .slice(0, 50);
          },
        };
      }),
    [client, definition, filters, members],
  );
}
