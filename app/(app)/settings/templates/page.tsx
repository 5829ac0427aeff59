import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { Templates } from '@/modules/outreach/components/templates';
import { listTemplates } from '@/modules/outreach/queries';

export const metadata: Metadata = { title: 'Outreach templates' };

/** The wordings that the composer offers. */
export default async function TemplatesPage() {
  const { supabase, workspaceId } = await pageContext();
  return <Templates start={{ rows: await listTemplates(supabase, workspaceId), at: Date.now() }} />;
}
