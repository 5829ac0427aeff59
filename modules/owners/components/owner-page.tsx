'use client';

import { InlineText } from '@/components/inline-edit';
import { PageHeader } from '@/components/page-header';
import { RecordFrame } from '@/modules/records/components/record-frame';
import { useRecordWrites } from '@/modules/records/components/use-record';
import type { OwnerBundle } from '../schema';
import { OwnerView } from './owner-view';
import { useOwner } from './use-owner';

/** An owner's own page, with what the server read for it. */
export function OwnerPage({ start }: { start: { bundle: OwnerBundle; at: number } }) {
  const { id } = start.bundle.owner;
  const query = useOwner(id, start);
  const { save } = useRecordWrites('owners', id, 'owner');
  const { owner } = query.data ?? start.bundle;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        back={{ href: '/owners', label: 'Owners' }}
        title={
          owner.deleted_at ? (
            owner.display_name
          ) : (
            <InlineText
              label="Name"
              value={owner.display_name}
              validate={(next) => (next.trim() === '' ? 'An owner needs a name' : null)}
              onSave={(display_name) => save({ display_name })}
            />
          )
        }
      />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <RecordFrame query={query} one="owner">
          {(bundle) => <OwnerView bundle={bundle} at={query.dataUpdatedAt || start.at} />}
        </RecordFrame>
      </div>
    </div>
  );
}
