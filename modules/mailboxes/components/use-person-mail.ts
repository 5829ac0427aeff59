'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import type { PersonMail } from '../schema';

/** The key of what was written with a person. */
export const personMailKey = (person: string) => ['people', 'mail', person];

/** What was written with a person, kept fresh. */
export function usePersonMail(person: string) {
  const client = useQueryClient();
  const queryKey = personMailKey(person);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<PersonMail>('GET', `/api/people/${person}/mail`, undefined, { signal }),
  });
  useLive('emails', (ids) => {
    if (ids === null || ids.includes(person)) void client.invalidateQueries({ queryKey });
  });
  return query;
}
