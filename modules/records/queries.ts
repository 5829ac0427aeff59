import 'server-only';
import { env } from '@/lib/env';
import { unwrap } from '@/lib/errors';
import { formatPhone } from '@/lib/format-phone';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { decodeCursor, encodeCursor } from './cursor';
import type { Entity, ListState } from './domain';
import type { ListQuery } from './schema';

/** One page of a list. `nextCursor` is null on the last one. */
export type Page<Row> = { rows: Row[]; nextCursor: string | null };

/** A colleague whom records can be assigned to. */
export type Assignee = { id: string; name: string };

/** What the filters of a list offer: values in use by filter key, and the colleagues. */
export type FilterOptions = { values: Record<string, string[]>; members: Assignee[] };

/** The `filter` argument of the list functions: presence filters become `has` and `has_no`. */
export function toSqlFilter({ q, filters }: Pick<ListState, 'q' | 'filters'>): Json {
  const filter: Record<string, string | string[]> = {};
  const has: string[] = [];
  const hasNo: string[] = [];
  for (const [key, values] of Object.entries(filters)) {
    if (key.startsWith('has_')) (values[0] === 'no' ? hasNo : has).push(key.slice('has_'.length));
    else filter[key] = values;
  }
  if (q) filter.q = q;
  if (has.length > 0) filter.has = has;
  if (hasNo.length > 0) filter.has_no = hasNo;
  return filter;
}

/**
 * One page of people, organizations or properties, in one round trip; the database checks membership.
 * @param query `cursor` comes from the page before and fits the order, or `invalid` is thrown
 * @throws {AppError} `not_found` for a stranger
 */
export async function listRecords<Row extends { id: string }>(
  supabase: Client,
  workspaceId: string,
  entity: Entity,
  query: ListQuery,
): Promise<Page<Row>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, query);
  const data = unwrap(
    await supabase.rpc(`list_${entity}`, {
      workspace: workspaceId,
      filter: toSqlFilter(query),
      sort: query.sort,
      descending: query.dir === 'desc',
      page_size: query.limit,
      ...(after && { after_value: after.value, after_id: after.id }),
    }),
  );
  const rows = data as unknown as (Row & { sort_value: string })[];
  const more = rows.length > query.limit;
  if (more) rows.length = query.limit;
  const last = rows.at(-1);
  const nextCursor =
    more && last
      ? encodeCursor({ sort: query.sort, dir: query.dir, value: last.sort_value, id: last.id })
      : null;
  return { rows: rows.map(({ sort_value, ...row }) => row as unknown as Row), nextCursor };
}

/** How many records a filter finds, counted up to 10,001. One round trip. */
export async function countRecords(
  supabase: Client,
  workspaceId: string,
  entity: Entity,
  query: Pick<ListState, 'q' | 'filters'>,
): Promise<number> {
  return unwrap(
    await supabase.rpc(`count_${entity}`, { workspace: workspaceId, filter: toSqlFilter(query) }),
  );
}

/** The colleagues of a workspace, by name. */
export async function listAssignees(supabase: Client, workspaceId: string): Promise<Assignee[]> {
  const rows = unwrap(
    await supabase
      .from('workspace_members')
      .select('user_id, profiles!workspace_members_user_id_fkey (full_name, email)')
      .eq('workspace_id', workspaceId),
  );
  return rows
    .map(({ user_id, profiles }) => ({ id: user_id, name: profiles.full_name || profiles.email }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** What the filters of a list offer. */
export async function listFilterOptions(
  supabase: Client,
  workspaceId: string,
  entity: Entity,
): Promise<FilterOptions> {
  const [values, members] = await Promise.all([
    supabase.rpc('filter_options', { workspace: workspaceId, entity }).then(unwrap),
    listAssignees(supabase, workspaceId),
  ]);
  return { values: values as unknown as Record<string, string[]>, members };
}

/** A phone as the workspace's country writes it. */
export function displayPhone(e164: string): string {
  const plain = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  const country = env().DEFAULT_COUNTRY as Parameters<typeof formatPhone>[1];
  // nearly every number: reading it with the metadata costs a list more than its query
  if (plain && (country === 'US' || country === 'CA')) return `(${plain[1]}) ${plain[2]}-${plain[3]}`;
  return formatPhone(e164, country);
}

/** Rows with each phone's `display` filled in. */
export function withPhoneDisplay<Row extends { phones: { e164: string; display?: string }[] }>(
  rows: Row[],
): Row[] {
  for (const row of rows) for (const phone of row.phones) phone.display = displayPhone(phone.e164);
  return rows;
}
