import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { Home } from '@/modules/workspaces/components/home';
import { getHomeSummary } from '@/modules/workspaces/queries';

export const metadata: Metadata = { title: 'Home' };

export default async function HomePage() {
  const ctx = await pageContext();
  return <Home summary={await getHomeSummary(ctx.supabase, ctx.workspaceId)} role={ctx.role} />;
}
