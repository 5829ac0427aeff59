import type { Metadata } from 'next';
import { AppError } from '@/lib/errors';
import { hasRole } from '@/lib/http/context';
import { pageContext } from '@/lib/http/page-context';
import { Desk } from '@/modules/calling/components/desk';
import { deskFilter, deskList, deskSearch } from '@/modules/calling/components/desk-list';
import type { DeskStart } from '@/modules/calling/components/use-desk';
import { listDesk } from '@/modules/calling/queries';
import { deskFilterSchema } from '@/modules/calling/schema';
import { readListState } from '@/modules/records/domain';
import { listViews } from '@/modules/views/queries';

export const metadata: Metadata = { title: 'Calls' };

const firstPage = 50;

/** The calling desk, with the first numbers that its address asks for. */
export default async function CallsPage({ searchParams }: PageProps<'/calls'>) {
  const [ctx, given] = await Promise.all([pageContext(), searchParams]);
  const state = readListState(deskList, given);
  // what an old address asks for and nobody understands any more, the page asks for by itself and says so
  const filter = deskFilterSchema.safeParse(deskFilter(state)).data;
  const start = async (): Promise<DeskStart | null> => {
    // power mode shows no list
    if (!filter || given.mode === 'power') return null;
    try {
      const asked = { filter, cursor: undefined, limit: firstPage };
      const page = await listDesk(ctx.supabase, ctx.workspaceId, asked);
      return { search: deskSearch(state), page, at: Date.now() };
    } catch (error) {
      // a view that is gone: the list says so, and lets it be cleared
      if (error instanceof AppError) return null;
      throw error;
    }
  };
  const [first, views, peopleViews] = await Promise.all([
    start(),
    listViews(ctx.supabase, ctx.workspaceId, ctx.userId, 'calls'),
    listViews(ctx.supabase, ctx.workspaceId, ctx.userId, 'people'),
  ]);
  return (
    <Desk
      start={first}
      views={views}
      peopleViews={peopleViews.map(({ id, name }) => ({ id, name }))}
      isAdmin={hasRole(ctx.role, 'admin')}
    />
  );
}
