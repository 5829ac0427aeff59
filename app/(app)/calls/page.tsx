import type { Metadata } from 'next';
import { hasRole } from '@/lib/http/context';
import { pageContext } from '@/lib/http/page-context';
import { Desk } from '@/modules/calling/components/desk';
import { listViews } from '@/modules/views/queries';

export const metadata: Metadata = { title: 'Calls' };

/** The calling desk, with the first numbers that its address asks for. */
export default async function CallsPage() {
  const ctx = await pageContext();
  const [views, peopleViews] = await Promise.all([
    listViews(ctx.supabase, ctx.workspaceId, ctx.userId, 'calls'),
    listViews(ctx.supabase, ctx.workspaceId, ctx.userId, 'people'),
  ]);
  return (
    <Desk
      start={null}
      views={views}
      peopleViews={peopleViews.map(({ id, name }) => ({ id, name }))}
      isAdmin={hasRole(ctx.role, 'admin')}
    />
  );
}
