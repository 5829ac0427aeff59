import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { CallsTabs } from '@/modules/calling/components/calls-tabs';
import { TextsPage } from '@/modules/texts/components/texts-page';

export const metadata: Metadata = { title: 'Texts' };

/** Every text of the workspace, and what was written to many. */
export default async function CallsTextsPage() {
  await pageContext();
  return <TextsPage tabs={<CallsTabs />} />;
}
