import { leadStatuses } from '@/modules/people/domain';
import type { Filters, ListShape, ListState } from '@/modules/records/domain';
import { outcomes } from '../domain';

/** The desk's list as its address and its saved views hold it. Its order is given by rules, so there is nothing to sort by. */
export const deskList = {
  entity: 'calls',
  filters: {
    state: { kind: 'choice' },
    role: { kind: 'choice' },
    lead_status: { kind: 'choice', values: leadStatuses },
    last_outcome: { kind: 'choice', values: outcomes },
    min_properties: { kind: 'choice' },
    never_called: { kind: 'choice', values: ['yes'] },
    follow_up: { kind: 'choice', values: ['due', 'any'] },
    open: { kind: 'choice', values: ['now'] },
    held: { kind: 'choice', values: ['yes'] },
    people_view: { kind: 'choice' },
  },
  sorts: ['next'],
} as const satisfies ListShape & { entity: string };

/** Filters of which one value counts. */
const single: ReadonlySet<string> = new Set([
  'min_properties',
  'never_called',
  'follow_up',
  'open',
  'held',
  'people_view',
]);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The value of a filter that takes one: of several numbers the least, else the last that was chosen. */
function chosenOf(key: string, values: readonly string[]): string | null {
  if (key === 'min_properties') {
    const least = Math.min(...values.map(Number).filter((each) => Number.isInteger(each) && each > 0));
    return Number.isFinite(least) ? String(Math.min(least, 1_000_000)) : null;
  }
  const value = values.at(-1) ?? null;
  return key === 'people_view' && value !== null && !uuid.test(value) ? null : value;
}

/** What of a state the API can be asked for: an old address must still open. */
function asked({ q, filters }: Pick<ListState, 'q' | 'filters'>): [string, string[]][] {
  const pairs = Object.keys(filters)
    .sort()
    .map((key): [string, string[]] => {
      const values = filters[key] ?? [];
      if (!single.has(key)) return [key, values];
      const value = chosenOf(key, values);
      return [key, value === null ? [] : [value]];
    });
  return [
    ...(q ? [['q', [q]] as [string, string[]]] : []),
    ...pairs.filter(([, values]) => values.length > 0),
  ];
}

/** The query of `GET /api/calls/desk` and of its count, always in one order: it is the cache's key too. */
export function deskSearch(state: Pick<ListState, 'q' | 'filters'>): string {
  const search = new URLSearchParams();
  for (const [key, values] of asked(state)) for (const value of values) search.append(key, value);
  return search.toString();
}

/** The same filter as the body of `POST /api/calls/next` has it. */
export function deskFilter(state: Pick<ListState, 'q' | 'filters'>): Record<string, unknown> {
  return Object.fromEntries(
    asked(state).map(([key, values]) => {
      const [value = ''] = values;
      if (key === 'min_properties') return [key, Number(value)];
      return [key, single.has(key) || key === 'q' ? value : values];
    }),
  );
}

/** Filters with one changed so that at most one value of a single choice stays in the address. */
export function withSingles(filters: Filters): Filters {
  return Object.fromEntries(
    Object.entries(filters).map(([key, values]) => [
      key,
      single.has(key) && values.length > 1 ? values.slice(-1) : values,
    ]),
  );
}
