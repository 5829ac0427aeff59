import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { Home } from '@/modules/workspaces/components/home';
import { getHomeSummary } from '@/modules/workspaces/queries';

export const metadata: Metadata = { title: 'Home' };

export default async function HomePage() {
  const { supabase, workspaceId } = await pageContext();
  return <Home summary={await getHomeSummary(supabase, workspaceId)} />;
}
