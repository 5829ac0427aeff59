'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DetailSection } from '@/modules/records/components/detail-layout';
import { LinkedRow, unlinkWithUndo } from '@/modules/records/components/linked-row';
import { OwnerLink } from '@/modules/records/components/owner-link';
import { useRecordWrites } from '@/modules/records/components/use-record';
import { optionsOf, propertyRoles, wordOf } from '@/modules/records/domain';
import { roles } from '../domain';
import type { PropertyDetail } from '../schema';

const LinkForm = dynamic(
  () => import('@/modules/records/components/link-form').then((module) => module.LinkForm),
  { ssr: false },
);

/** Who stands behind a property, role by role: organizations and people, the owner first. */
export function PropertyParties({ property }: { property: PropertyDetail }) {
  const { call } = useRecordWrites('properties', property.id, 'property');
  const [adding, setAdding] = useState(false);
  const { people, organizations, owner } = property;
  const parties = [
    ...organizations.map((party) => ({
      ...party,
      what: 'organizations' as const,
      one: 'organization' as const,
      detail: '',
    })),
    ...people.map((party) => ({
      ...party,
      what: 'people' as const,
      one: 'person' as const,
      detail: [party.title, party.phone_display, party.email].filter(Boolean).join(' · '),
    })),
  ];
  return (
    <DetailSection
      title="People and organizations"
      count={parties.length}
      action={
        property.deleted_at === null ? (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Add a person or an organization"
            aria-expanded={adding}
            onClick={() => setAdding(true)}
          >
            <Plus aria-hidden className="text-muted-foreground" />
          </Button>
        ) : null
      }
    >
      {adding ? (
        <LinkForm
          entities={['people', 'organizations']}
          roles={optionsOf(propertyRoles)}
          onClose={() => setAdding(false)}
          onLink={async ({ entity, picked, role }) => {
            const { splitName } = await import('@/modules/records/components/link-form');
            if (entity === 'organizations')
              return call('POST', 'organizations', { organization: picked, role });
            return call('POST', 'people', { person: 'id' in picked ? picked : splitName(picked.name), role });
          }}
        />
      ) : null}
      {parties.length === 0 && !adding ? (
        <p className="text-muted-foreground text-sm">Nobody is known to stand behind this property yet.</p>
      ) : null}
      {roles.map((role) => {
        const held = parties.filter((party) => party.role === role);
        if (held.length === 0) return null;
        return (
          <div key={role} className="mt-1.5 first-of-type:mt-0">
            <h3 className="text-muted-foreground text-xs">{wordOf(propertyRoles, role)}</h3>
            <ul>
              {held.map(({ link_id, id, name, what, one, detail }) => (
                <LinkedRow
                  key={link_id}
                  href={`/${what}/${id}`}
                  name={name ?? 'No name'}
                  aside={
                    role === 'owner' && owner && (owner.person_id === id || owner.organization_id === id) ? (
                      <>
                        {held.length > 1 ? <Badge title="Owner of record">Of record</Badge> : null}
                        <OwnerLink id={owner.id} />
                      </>
                    ) : null
                  }
                  removeLabel={`Remove ${name ?? 'this person'} as ${wordOf(propertyRoles, role).toLowerCase()}`}
                  onRemove={() =>
                    void unlinkWithUndo(
                      name ?? 'The person',
                      () => call('DELETE', `${what}?link=${link_id}`),
                      () => call('POST', what, { [one]: { id }, role }),
                    )
                  }
                >
                  {detail ? <p className="truncate text-muted-foreground text-xs">{detail}</p> : null}
                </LinkedRow>
              ))}
            </ul>
          </div>
        );
      })}
    </DetailSection>
  );
}
