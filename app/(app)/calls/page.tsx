import type { Metadata } from 'next';
import { PageHeader } from '@/components/page-header';
import { CallsTabs } from '@/modules/calling/components/calls-tabs';

export const metadata: Metadata = { title: 'Calls' };

/** The calling desk. */
export default function CallsPage() {
  return <PageHeader title="Calls" tabs={<CallsTabs />} />;
}
