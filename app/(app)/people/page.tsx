import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { PeopleList } from '@/modules/people/components/people-list';
import { peopleList } from '@/modules/people/domain';
import { listPeople } from '@/modules/people/queries';
import { listSearch, readListState } from '@/modules/records/domain';
import { listAssignees } from '@/modules/records/queries';
import { listViews } from '@/modules/views/queries';

export const metadata: Metadata = { title: 'People' };

/** The people list, with the page of it that its address asks for. */
export default async function PeoplePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, given] = await Promise.all([pageContext(), searchParams]);
  const state = readListState(peopleList, given);
  const [page, views, members] = await Promise.all([
    listPeople(ctx.supabase, ctx.workspaceId, { ...state, cursor: undefined, limit: 50 }),
    listViews(ctx.supabase, ctx.workspaceId, ctx.userId, 'people'),
    listAssignees(ctx.supabase, ctx.workspaceId),
  ]);
  return <PeopleList start={{ search: listSearch(state), page, at: Date.now(), views, members }} />;
}
