import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { PropertiesList } from '@/modules/properties/components/properties-list';
import { propertiesList } from '@/modules/properties/domain';
import { listProperties } from '@/modules/properties/queries';
import { listSearch, readListState } from '@/modules/records/domain';
import { listAssignees } from '@/modules/records/queries';
import { listViews } from '@/modules/views/queries';

export const metadata: Metadata = { title: 'Properties' };

/** The properties list, with the page of it that its address asks for. */
export default async function PropertiesPage({ searchParams }: PageProps<'/properties'>) {
  const [ctx, given] = await Promise.all([pageContext(), searchParams]);
  const state = readListState(propertiesList, given);
  const [page, views, members] = await Promise.all([
    listProperties(ctx.supabase, ctx.workspaceId, { ...state, cursor: undefined, limit: 50 }),
    listViews(ctx.supabase, ctx.workspaceId, ctx.userId, 'properties'),
    listAssignees(ctx.supabase, ctx.workspaceId),
  ]);
  return <PropertiesList start={{ search: listSearch(state), page, at: Date.now(), views, members }} />;
}
