'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { InlineText } from '@/components/inline-edit';
import { Button } from '@/components/ui/button';
import { formatNumber } from '@/lib/format';
import { DetailSection } from '@/modules/records/components/detail-layout';
import { LinkedRow, unlinkWithUndo } from '@/modules/records/components/linked-row';
import { useRecordWrites } from '@/modules/records/components/use-record';
import { optionsOf, propertyRoles, wordOf } from '@/modules/records/domain';
import type { OrganizationDetail } from '../schema';

const LinkForm = dynamic(
  () => import('@/modules/records/components/link-form').then((module) => module.LinkForm),
  { ssr: false },
);

/** The people of an organization with their titles, and the properties it has a role at. */
export function OrganizationLinks({ organization }: { organization: OrganizationDetail }) {
  const { call } = useRecordWrites('organizations', organization.id, 'organization');
  const [adding, setAdding] = useState<'people' | 'properties' | null>(null);
  const { people, properties } = organization;
  const isLive = organization.deleted_at === null;

  const addButton = (what: 'people' | 'properties', label: string) =>
    isLive ? (
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={label}
        aria-expanded={adding === what}
        onClick={() => setAdding(what)}
      >
        <Plus aria-hidden className="text-muted-foreground" />
      </Button>
    ) : null;

  return (
    <>
      <DetailSection title="People" count={people.length} action={addButton('people', 'Add a person')}>
        {adding === 'people' ? (
          <LinkForm
            entities={['people']}
            hasTitle
            onClose={() => setAdding(null)}
            onLink={async ({ picked, title }) => {
              const { splitName } = await import('@/modules/records/components/link-form');
              await call('POST', 'people', {
                person: 'id' in picked ? picked : splitName(picked.name),
                ...(title && { title }),
              });
            }}
          />
        ) : null}
        <ul>
          {people.map(({ link_id, id, name, title }) => (
            <LinkedRow
              key={link_id}
              href={`/people/${id}`}
              name={name ?? 'No name'}
              removeLabel={`Remove ${name ?? 'this person'}`}
              onRemove={() =>
                void unlinkWithUndo(
                  name ?? 'The person',
                  () => call('DELETE', `people?link=${link_id}`),
                  () => call('POST', 'people', { person: { id }, ...(title && { title }) }),
                )
              }
            >
              <InlineText
                className="text-muted-foreground text-xs"
                label={`Title of ${name ?? 'this person'}`}
                placeholder="Add a title"
                value={title ?? ''}
                onSave={async (next) => {
                  await call('PATCH', 'people', { link: link_id, title: next || null });
                }}
              />
            </LinkedRow>
          ))}
        </ul>
      </DetailSection>
      <DetailSection
        title="Properties"
        count={properties.length}
        action={addButton('properties', 'Add a property')}
      >
        {adding === 'properties' ? (
          <LinkForm
            entities={['properties']}
            roles={optionsOf(propertyRoles)}
            onClose={() => setAdding(null)}
            onLink={({ picked, role }) =>
              'id' in picked ? call('POST', 'properties', { property: picked.id, role }) : Promise.resolve()
            }
          />
        ) : null}
        <ul>
          {properties.map(({ link_id, id, name, city, state, units, role }) => (
            <LinkedRow
              key={link_id}
              href={`/properties/${id}`}
              name={name}
              removeLabel={`Remove ${name} as ${wordOf(propertyRoles, role).toLowerCase()}`}
              onRemove={() =>
                void unlinkWithUndo(
                  name,
                  () => call('DELETE', `properties?link=${link_id}`),
                  () => call('POST', 'properties', { property: id, role }),
                )
              }
            >
              <p className="truncate text-muted-foreground text-xs">
                {[
                  wordOf(propertyRoles, role),
                  [city, state].filter(Boolean).join(', '),
                  units === null ? '' : `${formatNumber(units)} units`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </LinkedRow>
          ))}
        </ul>
      </DetailSection>
    </>
  );
}
