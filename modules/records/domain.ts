/**
 * What people, organizations and properties share: how a list's state reads in an address, and the words of both.
 * Pure and without zod, so that a list page's first load stays light.
 */

import { cutText } from '@/lib/cut-text';

/** The kinds of record that have a list, a page and a timeline, as tables and addresses call them. */
export const entities = ['people', 'organizations', 'properties', 'owners'] as const;
export type Entity = (typeof entities)[number];
/** Those that others are linked to by hand, and that contact points hang on: an owner is its person or organization. */
export type LinkedEntity = Exclude<Entity, 'owners'>;

/** One of them, as links and timelines call it. */
export type Subject = 'person' | 'organization' | 'property' | 'owner' | 'verification';
/** What links and timelines call one of each kind. */
export const subjectOf = {
  people: 'person',
  organizations: 'organization',
  properties: 'property',
  owners: 'owner',
} as const satisfies Record<Entity, Subject>;
/** Where a record has its page. */
export const recordHref = (entity: Entity, id: string) => `/${entity}/${id}`;

/**
 * A field that a list filters by. `choice` is any of several values (`values` where they are fixed), `member` a
 * colleague's id or `none`, `presence` is `yes` or `no` and is named `has_<what>`.
 */
export type FilterDefinition =
  | { kind: 'choice'; values?: readonly string[] }
  | { kind: 'member' }
  | { kind: 'presence' };

/** Everything that both sides must agree on about a list. */
export type ListDefinition = {
  entity: Entity;
  filters: Readonly<Record<string, FilterDefinition>>;
  /** The first is the list's own order. */
  sorts: readonly [string, ...string[]];
};

/** The part of a definition that reads and writes addresses; lists that aren't of records have it too. */
export type ListShape = Pick<ListDefinition, 'filters' | 'sorts'>;

export type Direction = 'asc' | 'desc';
export type Filters = Record<string, string[]>;

/** What of a list is asked for: the part of its address that the API understands. */
export type ListState = { q: string; filters: Filters; sort: string; dir: Direction };

/** How many records one bulk change may touch. */
export const bulkLimit = 1000;
/** The count that stands for "more than we count". */
export const countLimit = 10_000;

/** Names read from A on, what is to be done from the soonest; other times and sizes with the latest and largest first. */
export const naturalDirection = (sort: string): Direction =>
  sort === 'name' || sort === 'next_step' ? 'asc' : 'desc';

/** Half of a surrogate pair or a NUL, as an address may hold them, can't be asked of the database. */
const unstorable = /\p{Surrogate}|\0/gu;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isAllowed = (definition: FilterDefinition, value: string) => {
  if (value === '' || value.length > 200 || value.search(unstorable) !== -1) return false;
  if (definition.kind === 'presence') return value === 'yes' || value === 'no';
  if (definition.kind === 'member') return value === 'none' || uuid.test(value);
  return definition.values?.includes(value) ?? true;
};

/**
 * The state that an address or a saved view holds. What it doesn't understand is left out: an old link must still open.
 * @param given values by parameter name, as `searchParams` of a page or a view's `filters` with `q`, `sort` and `dir`
 */
export function readListState(
  definition: ListShape,
  given: Readonly<Record<string, string | readonly string[] | null | undefined>>,
): ListState {
  const first = (key: string) => {
    const value = given[key];
    return (typeof value === 'string' ? value : value?.[0]) ?? '';
  };
  const filters: Filters = {};
  for (const [key, filter] of Object.entries(definition.filters)) {
    const value = given[key] ?? [];
    const values = (typeof value === 'string' ? [value] : value).filter((each) => isAllowed(filter, each));
    const kept = filter.kind === 'presence' ? values.slice(0, 1) : [...new Set(values)].slice(0, 50);
    if (kept.length > 0) filters[key] = kept;
  }
  const wanted = first('sort');
  const sort = definition.sorts.includes(wanted) ? wanted : definition.sorts[0];
  const dir = first('dir');
  return {
    q: cutText(first('q').replace(unstorable, '').trim(), 200),
    filters,
    sort,
    dir: dir === 'asc' || dir === 'desc' ? dir : naturalDirection(sort),
  };
}

/**
 * The query of an API call for a state, always in the same order: it serves as the cache's key too.
 * @param more parameters beside the state, such as `cursor`
 */
export function listSearch(state: ListState, more: Record<string, string> = {}): string {
  const search = filterSearch(state);
  search.set('sort', state.sort);
  search.set('dir', state.dir);
  for (const [key, value] of Object.entries(more)) search.set(key, value);
  return search.toString();
}

/** The query of a count: what is found does not depend on its order. */
export function filterSearch(state: Pick<ListState, 'q' | 'filters'>): URLSearchParams {
  const search = new URLSearchParams();
  if (state.q) search.set('q', state.q);
  for (const key of Object.keys(state.filters).sort()) {
    for (const value of state.filters[key] ?? []) search.append(key, value);
  }
  return search;
}

/** Whether anything narrows the list. */
export const isNarrowed = (state: Pick<ListState, 'q' | 'filters'>) =>
  state.q !== '' || Object.keys(state.filters).length > 0;

/** "1,204", or "10,000+" where counting stopped. */
export function countLabel(count: number): string {
  return count > countLimit ? `${countLimit.toLocaleString('en-US')}+` : count.toLocaleString('en-US');
}

/** A code of the database as people read it: `owner_llc` → "Owner llc", unless `words` knows better. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`;
}

/** Options for a select or filter from a table of words. */
export const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** Kinds of organization, as the database's check knows them. */
export const organizationKinds: Readonly<Record<string, string>> = {
  family_office: 'Family office',
  developer: 'Developer',
  fund: 'Fund',
  investor: 'Investor',
  law_firm: 'Law firm',
  owner_llc: 'Owner LLC',
  property_manager: 'Property manager',
  lender: 'Lender',
  brokerage: 'Brokerage',
  other: 'Other',
};

/** What somebody is to a property. */
export const propertyRoles: Readonly<Record<string, string>> = {
  owner: 'Owner',
  manager: 'Manager',
  trustee: 'Trustee',
  special_servicer: 'Special servicer',
  developer: 'Developer',
};

/** Where a record came from; the presets of imports are named as they are. */
export const sourceWords: Readonly<Record<string, string>> = {
  manual: 'Typed in',
  qozb: 'QOZB list',
  family_offices: 'Family offices list',
  contacts: 'Contact list',
  gohighlevel: 'GoHighLevel',
  n8n_leads: 'n8n leads',
  eventbrite: 'Eventbrite',
  generic: 'CSV list',
};
