import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { OwnersList } from '@/modules/owners/components/owners-list';
import { ownersList } from '@/modules/owners/domain';
import { listOwners } from '@/modules/owners/queries';
import { listSearch, readListState } from '@/modules/records/domain';
import { listAssignees } from '@/modules/records/queries';
import { listViews } from '@/modules/views/queries';

export const metadata: Metadata = { title: 'Owners' };

/** The owners list, with the page of it that its address asks for. */
export default async function OwnersPage({ searchParams }: PageProps<'/owners'>) {
  const [ctx, given] = await Promise.all([pageContext(), searchParams]);
  const state = readListState(ownersList, given);
  const [page, views, members] = await Promise.all([
    listOwners(ctx.supabase, ctx.workspaceId, { ...state, cursor: undefined, limit: 50 }),
    listViews(ctx.supabase, ctx.workspaceId, ctx.userId, 'owners'),
    listAssignees(ctx.supabase, ctx.workspaceId),
  ]);
  return <OwnersList start={{ search: listSearch(state), page, at: Date.now(), views, members }} />;
}
