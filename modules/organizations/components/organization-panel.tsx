'use client';

import { SidePanel } from '@/components/side-panel';
import { RecordFrame } from '@/modules/records/components/record-frame';
import { useRecord } from '@/modules/records/components/use-record';
import type { OrganizationDetail } from '../schema';
import { OrganizationView } from './organization-view';

/** An organization beside the list. */
export function OrganizationPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useRecord<OrganizationDetail>('organizations', id);
  const name = query.data?.name ?? 'Organization';
  return (
    <SidePanel label={name} title={name} href={`/organizations/${id}`} onClose={onClose}>
      <RecordFrame query={query} one="organization">
        {(organization) => <OrganizationView organization={organization} isPanel />}
      </RecordFrame>
    </SidePanel>
  );
}
