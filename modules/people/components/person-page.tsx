'use client';

import type { ReactNode } from 'react';
import { PageHeader } from '@/components/page-header';
import { useRecord } from '@/modules/records/components/use-record';
import { personName } from '../domain';
import type { PersonDetail } from '../schema';
import { PersonView } from './person-view';

/** A person's page; what the server read is shown at once and kept fresh. */
export function PersonPage({
  start,
  work,
}: {
  start: { detail: PersonDetail; at: number };
  work?: ReactNode;
}) {
  const { data: person = start.detail } = useRecord<PersonDetail>('people', start.detail.id, start);
  return (
    <>
      <PageHeader title={personName(person)} back={{ href: '/people', label: 'People' }} />
      <PersonView person={person} work={work} />
    </>
  );
}
