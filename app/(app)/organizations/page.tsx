import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { OrganizationsList } from '@/modules/organizations/components/organizations-list';
import { organizationsList } from '@/modules/organizations/domain';
import { listOrganizations } from '@/modules/organizations/queries';
import { listSearch, readListState } from '@/modules/records/domain';
import { listAssignees } from '@/modules/records/queries';
import { listViews } from '@/modules/views/queries';

export const metadata: Metadata = { title: 'Organizations' };

/** The organizations list, with the page of it that its address asks for. */
export default async function OrganizationsPage({ searchParams }: PageProps<'/organizations'>) {
  const [ctx, given] = await Promise.all([pageContext(), searchParams]);
  const state = readListState(organizationsList, given);
  const [page, views, members] = await Promise.all([
    listOrganizations(ctx.supabase, ctx.workspaceId, { ...state, cursor: undefined, limit: 50 }),
    listViews(ctx.supabase, ctx.workspaceId, ctx.userId, 'organizations'),
    listAssignees(ctx.supabase, ctx.workspaceId),
  ]);
  return <OrganizationsList start={{ search: listSearch(state), page, at: Date.now(), views, members }} />;
}
