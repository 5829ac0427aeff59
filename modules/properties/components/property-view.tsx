'use client';

import { MapPin } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { InlineSelect, InlineTags, InlineText } from '@/components/inline-edit';
import { RelativeTime } from '@/components/relative-time';
import { useShortcut } from '@/components/shortcuts';
import { formatNumber } from '@/lib/format';
import type { LoggedKind } from '@/modules/activities/domain';
import { DeletedBanner } from '@/modules/records/components/deleted-banner';
import { DetailLayout, DetailSection, Fact } from '@/modules/records/components/detail-layout';
import { PointList } from '@/modules/records/components/point-list';
import { RecordActions } from '@/modules/records/components/record-actions';
import { RecordTimeline } from '@/modules/records/components/record-timeline';
import { useOptions, useRecordWrites } from '@/modules/records/components/use-record';
import { sourceWords, wordOf } from '@/modules/records/domain';
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

/** A property, on its page or beside the list. Keys: `e` edit, `n` note, `l` log a call. */
export function PropertyView({ property, isPanel = false }: { property: PropertyDetail; isPanel?: boolean }) {
  const { id } = property;
  const [logging, setLogging] = useState<LoggedKind | null>(null);
  const [editing, setEditing] = useState(false);
  const story = useRef<HTMLDivElement>(null);
  const { save, remove, restore } = useRecordWrites('properties', id, 'property');
  const options = useOptions('properties');
  const isLive = property.deleted_at === null;

  const startNote = () => {
    // at once: the keys pressed next belong to the note, not to the page
    flushSync(() => setLogging(null));
    story.current?.querySelector('textarea')?.focus();
  };
  const here = { group: 'Property', enabled: isLive };
  useShortcut('e', 'Edit the property', () => setEditing(true), here);
  useShortcut('n', 'Write a note', startNote, here);
  useShortcut('l', 'Log a call', () => setLogging('call'), here);

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
      <PropertyParties property={property} />
      <PointList owner={{ entity: 'properties', id }} one="property" phones={property.phones} />
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
          {property.sources.length > 0 ? (
            <Fact label="Sources">
              {property.sources.map((source) => wordOf(sourceWords, source)).join(', ')}
            </Fact>
          ) : null}
          <Fact label="Created">
            <RelativeTime at={property.created_at} />
          </Fact>
          {property.edited_at ? (
            <Fact label="Edited">
              <RelativeTime at={property.edited_at} />
              {memberName(property.edited_by) ? ` by ${memberName(property.edited_by)}` : null}
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
              subject="property"
              id={id}
              logging={logging}
              onLogging={setLogging}
              points={{
                phones: property.phones.map((phone) => ({ id: phone.id, label: phone.display })),
                emails: [],
              }}
            />
          </div>
        }
      />
      {editing ? <EditProperty id={id} onClose={() => setEditing(false)} /> : null}
    </>
  );
}
