'use client';

import type { ReactNode } from 'react';
import { InlineText } from '@/components/inline-edit';
import { PageHeader } from '@/components/page-header';
import { RecordFrame } from '@/modules/records/components/record-frame';
import { useRecord, useRecordWrites } from '@/modules/records/components/use-record';
import type { PropertyDetail } from '../schema';
import { PropertyView } from './property-view';

/** A property's own page, with what the server read for it. Without a name it goes by its address. */
export function PropertyPage({
  start,
  work,
}: {
  start: { detail: PropertyDetail; at: number };
  work?: ReactNode;
}) {
  const { id } = start.detail;
  const query = useRecord<PropertyDetail>('properties', id, start);
  const { save } = useRecordWrites('properties', id, 'property');
  const property = query.data ?? start.detail;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        back={{ href: '/properties', label: 'Properties' }}
        title={
          property.deleted_at ? (
            (property.name ?? property.address)
          ) : (
            <InlineText
              label="Name"
              value={property.name ?? ''}
              placeholder={property.address ?? 'Add a name'}
              onSave={(name) => save({ name: name || null })}
            />
          )
        }
      />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <RecordFrame query={query} one="property">
          {(detail) => <PropertyView property={detail} work={work} />}
        </RecordFrame>
      </div>
    </div>
  );
}
