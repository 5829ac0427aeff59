'use client';

import { MapPin } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, use, useState } from 'react';
import { InlineSelect, InlineTags, InlineText } from '@/components/inline-edit';
import { formatNumber } from '@/lib/format';
import { useDeleteGuard } from '@/modules/records/components/delete-guard';
import { DeletedBanner } from '@/modules/records/components/deleted-banner';
import { DetailLayout, DetailSection, Fact } from '@/modules/records/components/detail-layout';
import { OriginFacts } from '@/modules/records/components/origin-facts';
import { PointList } from '@/modules/records/components/point-list';
import { RecordActions } from '@/modules/records/components/record-actions';
import { RecordSlotsContext } from '@/modules/records/components/record-slots';
import { RecordStory } from '@/modules/records/components/record-story';
import { useOptions, useRecordWrites } from '@/modules/records/components/use-record';
import { useRecordStory } from '@/modules/records/components/use-record-story';
import { placeOf } from '../domain';
import type { PropertyDetail } from '../schema';
import { PropertyParties } from './property-parties';

const EditProperty = dynamic(() => import('./edit-property').then((module) => module.EditProperty), {
  ssr: false,
});

const loggable = [
  { kind: 'visit', label: 'Log a visit' },
  { kind: 'meeting', label: 'Log a meeting' },
] as const;

/** The fields shown as plain text, in their order. */
const textFacts = [
  ['address', 'Address'],
  ['city', 'City'],
  ['county', 'County'],
  ['state', 'State'],
  ['zip', 'ZIP'],
  ['market', 'Market'],
  ['submarket', 'Submarket'],
  ['completion_date', 'Completed'],
] as const satisfies readonly (readonly [keyof PropertyDetail, string])[];

const numberFacts = [
  ['units', 'Units'],
  ['sqft', 'Square feet'],
] as const;

/** What people type as a number: thousands may be parted. Null for none, NaN for anything else. */
const wholeNumber = (text: string) => {
  const digits = text.replace(/[,\s]/g, '');
  if (digits === '') return null;
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
};

/**
 * A property, on its page or beside the list. Keys: `e` edit, `n` note, `l` log outreach.
 * @param work what else hangs on it, such as tasks and files; stands above the facts
 */
export function PropertyView({
  property,
  isPanel = false,
  work,
}: {
  property: PropertyDetail;
  isPanel?: boolean;
  work?: ReactNode;
}) {
  const { id } = property;
  const [editing, setEditing] = useState(false);
  const { save, remove, restore } = useRecordWrites('properties', id, 'property');
  const options = useOptions('properties');
  const isLive = property.deleted_at === null;

  const story = useRecordStory('property', id, isLive, () => setEditing(true));
  const slots = use(RecordSlotsContext);
  const { guard, dialog } = useDeleteGuard('property', 'property', 'properties');
  const members = options?.members ?? [];
  const memberName = (member: string | null) => members.find((each) => each.id === member)?.name ?? '';
  const place = placeOf(property);

  const header = (
    <>
      {property.deleted_at ? (
        <DeletedBanner one="property" at={property.deleted_at} onRestore={() => void restore()} />
      ) : null}
      <p className="flex flex-wrap items-center gap-x-1.5 text-muted-foreground">
        {place ? <MapPin aria-hidden className="size-3.5" /> : null}
        {[place, property.units === null ? '' : `${formatNumber(property.units)} units`]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1">
        <InlineSelect
          label="Assigned to"
          value={property.assigned_to ?? ''}
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
          value={property.tags}
          options={(options?.values.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
          onSave={(tags) => save({ tags: [...tags] })}
        />
      </div>
      {isLive ? (
        <RecordActions
          phone={property.phones.find(({ status, do_not_call }) => status === 'active' && !do_not_call)}
          kinds={loggable}
          onReach={story.reach}
          onLog={story.log}
          onNote={story.startNote}
          onEdit={() => setEditing(true)}
          onDelete={() => void guard([id], () => void remove())}
        />
      ) : null}
    </>
  );

  const contact = (
    <>
      {isLive ? slots.facts({ kind: 'property', id }) : null}
      {work}
      <PropertyParties property={property} />
      <PointList
        owner={{ entity: 'properties', id }}
        one="property"
        isLive={isLive}
        phones={property.phones}
      />
    </>
  );

  const facts = (
    <>
      <DetailSection title="Details">
        <dl>
          {numberFacts.map(([key, label]) => (
            <Fact key={key} label={label}>
              <InlineText
                label={label}
                value={property[key] === null ? '' : String(property[key])}
                display={(value) => <span className="tabular-nums">{formatNumber(Number(value))}</span>}
                validate={(next) => (Number.isNaN(wholeNumber(next)) ? 'A whole number' : null)}
                onSave={(next) => save({ [key]: wholeNumber(next) })}
              />
            </Fact>
          ))}
          {textFacts.map(([key, label]) => (
            <Fact key={key} label={label}>
              <InlineText
                label={label}
                value={property[key] ?? ''}
                onSave={(value) => save({ [key]: value || null })}
              />
            </Fact>
          ))}
          <OriginFacts record={property} memberName={memberName} />
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
        story={<RecordStory subject="property" id={id} story={story} isLive={isLive} />}
        part={story.part}
        onPart={story.setPart}
      />
      {editing ? <EditProperty id={id} onClose={() => setEditing(false)} /> : null}
      {dialog}
    </>
  );
}
