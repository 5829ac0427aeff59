'use client';

import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { InlineSelect, InlineTags, InlineText } from '@/components/inline-edit';
import { RelativeTime } from '@/components/relative-time';
import { useShortcut } from '@/components/shortcuts';
import type { LoggedKind } from '@/modules/activities/domain';
import { DeletedBanner } from '@/modules/records/components/deleted-banner';
import { DetailLayout, DetailSection, Fact } from '@/modules/records/components/detail-layout';
import { PointList } from '@/modules/records/components/point-list';
import { RecordActions } from '@/modules/records/components/record-actions';
import { RecordTimeline } from '@/modules/records/components/record-timeline';
import { useOptions, useRecordWrites } from '@/modules/records/components/use-record';
import { optionsOf, organizationKinds, sourceWords, wordOf } from '@/modules/records/domain';
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

/** An organization, on its page or beside the list. Keys: `e` edit, `n` note, `l` log a call. */
export function OrganizationView({
  organization,
  isPanel = false,
}: {
  organization: OrganizationDetail;
  isPanel?: boolean;
}) {
  const { id } = organization;
  const [logging, setLogging] = useState<LoggedKind | null>(null);
  const [editing, setEditing] = useState(false);
  const story = useRef<HTMLDivElement>(null);
  const { save, remove, restore } = useRecordWrites('organizations', id, 'organization');
  const options = useOptions('organizations');
  const isLive = organization.deleted_at === null;

  const startNote = () => {
    // at once: the keys pressed next belong to the note, not to the page
    flushSync(() => setLogging(null));
    story.current?.querySelector('textarea')?.focus();
  };
  const here = { group: 'Organization', enabled: isLive };
  useShortcut('e', 'Edit the organization', () => setEditing(true), here);
  useShortcut('n', 'Write a note', startNote, here);
  useShortcut('l', 'Log a call', () => setLogging('call'), here);

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
      </div>
      {isLive ? (
        <RecordActions
          phone={organization.phones.find(({ status, do_not_call }) => status === 'active' && !do_not_call)}
          email={organization.emails.find(({ status }) => status === 'active')}
          website={organization.website}
          kinds={loggable}
          onLog={setLogging}
          onNote={startNote}
          onEdit={() => setEditing(true)}
          onDelete={() => void remove()}
        />
      ) : null}
    </>
  );

  const facts = (
    <>
      <PointList
        owner={{ entity: 'organizations', id }}
        one="organization"
        phones={organization.phones}
        emails={organization.emails}
      />
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
          {organization.sources.length > 0 ? (
            <Fact label="Sources">
              {organization.sources.map((source) => wordOf(sourceWords, source)).join(', ')}
            </Fact>
          ) : null}
          <Fact label="Created">
            <RelativeTime at={organization.created_at} />
          </Fact>
          {organization.edited_at ? (
            <Fact label="Edited">
              <RelativeTime at={organization.edited_at} />
              {memberName(organization.edited_by) ? ` by ${memberName(organization.edited_by)}` : null}
            </Fact>
          ) : null}
        </dl>
      </DetailSection>
    </>
  );

  return (
    <>
      <DetailLayout
        isPanel={isPanel}
        header={header}
        facts={facts}
        story={
          <div ref={story}>
            <RecordTimeline
              subject="organization"
              id={id}
              logging={logging}
              onLogging={setLogging}
              points={{
                phones: organization.phones.map((phone) => ({ id: phone.id, label: phone.display })),
                emails: organization.emails.map((email) => ({ id: email.id, label: email.address })),
              }}
            />
          </div>
        }
      />
      {editing ? <EditOrganization id={id} onClose={() => setEditing(false)} /> : null}
    </>
  );
}
