'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { notify } from '@/components/notify';
import type { ViewNaming } from '@/components/view-tabs';
import { api } from '@/lib/api-client';
import type { View, ViewEntity, ViewState } from '@/modules/views/schema';
import { isNarrowed, type ListShape, listSearch, naturalDirection, readListState } from '../domain';
import { messageOf } from './use-bulk';
import type { ListAddress } from './use-list-address';

/** The view that keeps what the address says now. */
function stateOf({ state, columns }: ListAddress): ViewState {
  return { ...state, ...(columns && { columns }) };
}

const columnsKey = (columns: readonly string[] | null | undefined) => [...(columns ?? [])].sort().join();

function differs(definition: ListShape, address: ListAddress, view: View | null): boolean {
  const { state, columns } = address;
  if (!view) {
    const isOwnOrder = state.sort === definition.sorts[0] && state.dir === naturalDirection(state.sort);
    return isNarrowed(state) || !isOwnOrder || columns !== null;
  }
  const { filters, columns: kept, ...rest } = view.state;
  return (
    listSearch(state) !== listSearch(readListState(definition, { ...filters, ...rest })) ||
    columnsKey(columns) !== columnsKey(kept)
  );
}

/** Saved views of a list, bound to its address; the props of ViewTabs. */
export function useViews(
  definition: ListShape & { entity: ViewEntity },
  address: ListAddress,
  start: View[],
) {
  const { entity } = definition;
  const client = useQueryClient();
  const queryKey = useMemo(() => ['views', entity], [entity]);
  const { data: views = start } = useQuery({
    queryKey,
    queryFn: async () => (await api<{ views: View[] }>('GET', `/api/views?entity=${entity}`)).views,
    initialData: start,
  });
  const active = views.find(({ id }) => id === address.view) ?? null;

  const put = (view: View) =>
    client.setQueryData<View[]>(queryKey, (known = []) =>
      known.some(({ id }) => id === view.id)
        ? known.map((each) => (each.id === view.id ? view : each))
        : [...known, view],
    );
  const saved = (view: View) => {
    put(view);
    address.setView(view.id);
  };

  return {
    views: views.map(({ id, name, is_shared, is_mine }) => ({
      id,
      name,
      isShared: is_shared,
      canEdit: is_mine,
    })),
    activeId: active?.id ?? null,
    isModified: differs(definition, address, active),
    onSelect: (id: string | null) => address.applyView(views.find((view) => view.id === id) ?? null),
    onCreate: async ({ name, isShared }: ViewNaming) =>
      saved(
        await api<View>('POST', '/api/views', { entity, name, is_shared: isShared, state: stateOf(address) }),
      ),
    onUpdate: async (id: string) => {
      try {
        put(await api<View>('PATCH', `/api/views/${id}`, { state: stateOf(address) }));
        notify.success('View saved');
      } catch (error) {
        notify.error('The view was not saved', { description: messageOf(error) });
      }
    },
    onRename: async (id: string, { name, isShared }: ViewNaming) => {
      put(await api<View>('PATCH', `/api/views/${id}`, { name, is_shared: isShared }));
    },
    onDelete: async (id: string) => {
      await api('DELETE', `/api/views/${id}`);
      client.setQueryData<View[]>(queryKey, (known = []) => known.filter((view) => view.id !== id));
      if (address.view === id) address.applyView(null);
    },
  };
}
