import { z } from 'zod';
import {
  bulkLimit,
  type Direction,
  type FilterDefinition,
  type ListDefinition,
  type ListState,
  naturalDirection,
} from './domain';

/** A list request after parsing: the state, and which page of it. */
export type ListQuery = ListState & { cursor: string | undefined; limit: number };

const asArray = (value: unknown) => (typeof value === 'string' ? [value] : value);
const text = z.string().trim().min(1, 'Can’t be empty').max(200, 'At most 200 characters');

function filterSchema(definition: FilterDefinition) {
  if (definition.kind === 'presence') {
    return z
      .enum(['yes', 'no'], 'yes or no')
      .transform((value): string[] => [value])
      .optional();
  }
  const item =
    definition.kind === 'member'
      ? z.union([z.guid(), z.literal('none')], 'A member’s id, or none')
      : definition.values
        ? z.enum(definition.values as [string, ...string[]], `One of ${definition.values.join(', ')}`)
        : text;
  return z.preprocess(asArray, z.array(item).max(50, 'At most 50 values')).optional();
}

function filtersOf(definition: ListDefinition) {
  return Object.fromEntries(
    Object.entries(definition.filters).map(([key, filter]) => [key, filterSchema(filter)]),
  );
}

const search = z.string().trim().max(200, 'At most 200 characters').default('');

function pickFilters(definition: ListDefinition, query: Record<string, unknown>): Record<string, string[]> {
  const filters: Record<string, string[]> = {};
  for (const key of Object.keys(definition.filters)) {
    const values = query[key] as string[] | undefined;
    if (values && values.length > 0) filters[key] = values;
  }
  return filters;
}

/**
 * The query of a list: `q`, each filter (repeated for several values), `sort`, `dir`, `cursor`, `limit` (1 to 200).
 * Unknown parameters are refused by name.
 */
export function listQuerySchema(definition: ListDefinition): z.ZodType<ListQuery> {
  return z
    .strictObject({
      ...filtersOf(definition),
      q: search,
      sort: z
        .enum(definition.sorts as [string, ...string[]], `One of ${definition.sorts.join(', ')}`)
        .optional(),
      dir: z.enum(['asc', 'desc'], 'asc or desc').optional(),
      cursor: z.string().max(2000).optional(),
      limit: z.coerce.number('A number').int().min(1, 'At least 1').max(200, 'At most 200').default(50),
    })
    .transform((query): ListQuery => {
      const sort = (query.sort as string | undefined) ?? definition.sorts[0];
      return {
        q: query.q as string,
        filters: pickFilters(definition, query),
        sort,
        dir: (query.dir as Direction | undefined) ?? naturalDirection(sort),
        cursor: query.cursor as string | undefined,
        limit: query.limit as number,
      };
    });
}

/** The query of a count: a list's without its order and page. */
export function countQuerySchema(definition: ListDefinition): z.ZodType<Pick<ListState, 'q' | 'filters'>> {
  return z
    .strictObject({ ...filtersOf(definition), q: search })
    .transform((query) => ({ q: query.q as string, filters: pickFilters(definition, query) }));
}

/** The parameters of `/api/<entity>/[id]`. A malformed id is nobody's: 404, as a stranger's. */
export const idParams = z.strictObject({ id: z.string() });

const tags = z.array(text.max(100, 'At most 100 characters')).max(50, 'At most 50 tags');
/** A record's own tags: trimmed, each once. */
export const tagsSchema = tags.transform((values) => [...new Set(values)]);

/**
 * A change of many records at once.
 * @param statuses the values of the entity's status column, or null where it has none
 * @param column `lead_status` for people, `status` for organizations
 */
export function bulkSchema(
  statuses: readonly [string, ...string[]] | null,
  column: 'lead_status' | 'status' = 'status',
) {
  const change = {
    add_tags: tagsSchema.optional(),
    remove_tags: tagsSchema.optional(),
    assigned_to: z.guid('A member’s id').nullable().optional(),
    deleted: z.literal(true, 'Only true').optional(),
    ...(statuses && { [column]: z.enum(statuses, `One of ${statuses.join(', ')}`).optional() }),
  };
  return z.strictObject({
    ids: z
      .array(z.guid('Not an id'))
      .min(1, 'Say which records')
      .max(bulkLimit, `At most ${bulkLimit} records at once`),
    change: z
      .strictObject(change)
      .refine((given) => Object.values(given).some((value) => value !== undefined), 'This changes nothing'),
  });
}

/** What can be changed of many records, whatever they are. */
export type BulkChange = {
  add_tags?: string[];
  remove_tags?: string[];
  assigned_to?: string | null;
  lead_status?: string;
  status?: string;
  deleted?: true;
};
