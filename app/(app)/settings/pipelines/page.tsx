import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { PipelinesSettings } from '@/modules/verification/components/pipelines-settings';
import { listPipelines } from '@/modules/verification/queries';

export const metadata: Metadata = { title: 'Pipelines' };

/** The pipelines and their stages. */
export default async function PipelinesPage() {
  const { supabase, workspaceId, role } = await pageContext();
  const pipelines = await listPipelines(supabase, workspaceId);
  return <PipelinesSettings start={{ pipelines, at: Date.now() }} canEdit={role !== 'member'} />;
}
