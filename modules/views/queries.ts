import 'server-only';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import type { View, ViewEntity, ViewState } from './schema';

/** The views of a list that the caller made or that are shared, own ones first, by name. */
export async function listViews(
  supabase: Client,
  workspaceId: string,
  userId: string,
  entity: ViewEntity,
): Promise<View[]> {
  const rows = unwrap(
    await supabase
      .from('saved_views')
      .select('id, name, state, is_shared, created_by')
      .eq('workspace_id', workspaceId)
      .eq('entity', entity)
      .order('name')
      .limit(100),
  );
  return rows
    .map(({ created_by, state, ...view }) => ({
      ...view,
      state: state as unknown as ViewState,
      is_mine: created_by === userId,
    }))
    .sort((a, b) => Number(b.is_mine) - Number(a.is_mine));
}
