'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { InlineSelect, InlineTags, InlineText } from '@/components/inline-edit';
import { DeletedBanner } from '@/modules/records/components/deleted-banner';
import { DetailLayout, DetailSection, Fact } from '@/modules/records/components/detail-layout';
import { OriginFacts } from '@/modules/records/components/origin-facts';
import { OwnerLink } from '@/modules/records/components/owner-link';
import { PointList } from '@/modules/records/components/point-list';
import { RecordActions } from '@/modules/records/components/record-actions';
import { RecordStory } from '@/modules/records/components/record-story';
import { useOptions, useRecordWrites } from '@/modules/records/components/use-record';
import { useRecordStory } from '@/modules/records/components/use-record-story';
import { optionsOf, organizationKinds, wordOf } from '@/modules/records/domain';
import { categoryWords } from '../domain';
import type { OrganizationDetail } from '../schema';
import { OrganizationLinks } from './organization-links';
import { OrganizationStatusBadge, organizationStatusOptions } from './organization-status';

const EditOrganization = dynamic(
  () => import('./edit-organization').then((module) => module.EditOrganization),
  {
    ssr: false,
  },
);

const loggable = [
  { kind: 'meeting', label: 'Log a meeting' },
  { kind: 'linkedin', label: 'Log a LinkedIn message' },
] as const;

/** The fields shown as plain text, in their order. */
const textFacts = [
  ['website', 'Website'],
  ['address', 'Address'],
  ['city', 'City'],
  ['state', 'State'],
  ['zip', 'ZIP'],
  ['industry', 'Industry'],
  ['aum', 'Assets'],
  ['year_founded', 'Founded'],
] as const satisfies readonly (readonly [keyof OrganizationDetail, string])[];

/** The fields that run over several lines; the form edits them. */
const longFacts = [
  ['investment_prefs', 'Looks for'],
  ['about', 'About'],
] as const satisfies readonly (readonly [keyof OrganizationDetail, string])[];

/**
 * An organization, on its page or beside the list. Keys: `e` edit, `n` note, `l` log outreach.
 * @param work what else hangs on it, such as tasks and files; stands above the facts
 */
export function OrganizationView({
  organization,
  isPanel = false,
  work,
}: {
  organization: OrganizationDetail;
  isPanel?: boolean;
  work?: ReactNode;
}) {
  const { id } = organization;
  const [editing, setEditing] = useState(false);
  const { save, remove, restore } = useRecordWrites('organizations', id, 'organization');
  const options = useOptions('organizations');
  const isLive = organization.deleted_at === null;

  const story = useRecordStory('organization', id, isLive, () => setEditing(true));
  const members = options?.members ?? [];
  const memberName = (member: string | null) => members.find((each) => each.id === member)?.name ?? '';
  const summary = [
    organization.kind && wordOf(organizationKinds, organization.kind),
    organization.category && (categoryWords[organization.category] ?? organization.category),
    [organization.city, organization.state].filter(Boolean).join(', '),
  ];

  const header = (
    <>
      {organization.deleted_at ? (
        <DeletedBanner one="organization" at={organization.deleted_at} onRestore={() => void restore()} />
      ) : null}
      <p className="text-muted-foreground">{summary.filter(Boolean).join(' · ')}</p>
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1">
        <InlineSelect
          label="Status"
          value={organization.status}
          options={organizationStatusOptions.map(({ value, label }) => ({ value, label }))}
          display={(status) => <OrganizationStatusBadge status={status} />}
          onSave={(status) => save({ status })}
        />
        <InlineSelect
          label="Assigned to"
          value={organization.assigned_to ?? ''}
          options={[
            { value: '', label: 'Nobody' },
            ...members.map((each) => ({ value: each.id, label: each.name })),
          ]}
          display={(member) => (
            <span className="text-sm">
              <span className="text-muted-foreground">Assigned to </span>
              {member ? memberName(member) || 'a colleague' : 'nobody'}
            </span>
          )}
          onSave={(assigned_to) => save({ assigned_to: assigned_to || null })}
        />
        <InlineTags
          label="Tags"
          value={organization.tags}
          options={(options?.values.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
          onSave={(tags) => save({ tags: [...tags] })}
        />
        {organization.owner ? <OwnerLink id={organization.owner.id} /> : null}
      </div>
      {isLive ? (
        <RecordActions
          phone={organization.phones.find(({ status, do_not_call }) => status === 'active' && !do_not_call)}
          email={organization.emails.find(({ status }) => status === 'active')}
          website={organization.website}
          kinds={loggable}
          onReach={story.reach}
          onLog={story.log}
          onNote={story.startNote}
          onEdit={() => setEditing(true)}
          onDelete={() => void remove()}
        />
      ) : null}
    </>
  );

  const contact = (
    <PointList
      owner={{ entity: 'organizations', id }}
      one="organization"
      isLive={isLive}
      phones={organization.phones}
      emails={organization.emails}
    />
  );

  const facts = (
    <>
      {work}
      <OrganizationLinks organization={organization} />
      <DetailSection title="Details">
        <dl>
          <Fact label="Kind">
            <InlineSelect
              label="Kind"
              value={organization.kind ?? ''}
              options={[{ value: '', label: 'Not known' }, ...optionsOf(organizationKinds)]}
              display={(kind) =>
                kind ? wordOf(organizationKinds, kind) : <span className="text-muted-foreground">Add</span>
              }
              onSave={(kind) => save({ kind: kind || null })}
            />
          </Fact>
          <Fact label="Category">
            <InlineText
              label="Category"
              value={organization.category ?? ''}
              display={(category) => categoryWords[category] ?? category}
              onSave={(category) => save({ category: category || null })}
            />
          </Fact>
          {textFacts.map(([key, label]) => (
            <Fact key={key} label={label}>
              <InlineText
                label={label}
                value={organization[key] ?? ''}
                display={key === 'website' ? () => organization.domain ?? organization.website : undefined}
                onSave={(value) => save({ [key]: value || null })}
              />
            </Fact>
          ))}
          {longFacts.map(([key, label]) =>
            organization[key] ? (
              <Fact key={key} label={label}>
                <p className="whitespace-pre-line text-pretty">{organization[key]}</p>
              </Fact>
            ) : null,
          )}
          <OriginFacts record={organization} memberName={memberName} />
        </dl>
      </DetailSection>
    </>
  );

  return (
    <>
      <DetailLayout
        isPanel={isPanel}
        header={header}
        contact={contact}
        facts={facts}
        story={<RecordStory subject="organization" id={id} story={story} isLive={isLive} />}
        part={story.part}
        onPart={story.setPart}
      />
      {editing ? <EditOrganization id={id} onClose={() => setEditing(false)} /> : null}
    </>
  );
}
