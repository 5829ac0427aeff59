'use client';

import type { ReactNode } from 'react';
import { InlineText } from '@/components/inline-edit';
import { PageHeader } from '@/components/page-header';
import { RecordFrame } from '@/modules/records/components/record-frame';
import { useRecord, useRecordWrites } from '@/modules/records/components/use-record';
import type { OrganizationDetail } from '../schema';
import { OrganizationView } from './organization-view';

/** An organization's own page, with what the server read for it. */
export function OrganizationPage({
  start,
  work,
}: {
  start: { detail: OrganizationDetail; at: number };
  work?: ReactNode;
}) {
  const { id } = start.detail;
  const query = useRecord<OrganizationDetail>('organizations', id, start);
  const { save } = useRecordWrites('organizations', id, 'organization');
  const name = query.data?.name ?? start.detail.name;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        back={{ href: '/organizations', label: 'Organizations' }}
        title={
          query.data?.deleted_at ? (
            name
          ) : (
            <InlineText
              label="Name"
              value={name}
              validate={(next) => (next ? null : 'An organization needs a name')}
              onSave={(next) => save({ name: next })}
            />
          )
        }
      />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <RecordFrame query={query} one="organization">
          {(organization) => <OrganizationView organization={organization} work={work} />}
        </RecordFrame>
      </div>
    </div>
  );
}
