import { z } from 'zod';
import { entities } from '@/modules/records/domain';

/** The lists that can be kept as a view: those of records, and the calling desk's. */
const viewEntities = [...entities, 'calls'] as const;
export type ViewEntity = (typeof viewEntities)[number];
const entitySchema = z.enum(viewEntities, `One of ${viewEntities.join(', ')}`);

const text = z.string().max(200, 'At most 200 characters');

/** What a view keeps of a list: as its address holds it. What a list no longer understands is left out on reading. */
export const viewStateSchema = z.strictObject({
  q: text.default(''),
  filters: z
    .record(z.string().max(60), z.array(text).max(50, 'At most 50 values'))
    .refine((filters) => Object.keys(filters).length <= 40, 'At most 40 filters')
    .default({}),
  sort: z.string().max(60).optional(),
  dir: z.enum(['asc', 'desc'], 'asc or desc').optional(),
  /** Ids of the columns shown; absent where the view leaves columns to the reader. */
  columns: z.array(z.string().max(60)).max(60).optional(),
});
export type ViewState = z.infer<typeof viewStateSchema>;

const name = z.string().trim().min(1, 'A view needs a name').max(80, 'At most 80 characters');

export const createViewSchema = z.strictObject({
  entity: entitySchema,
  name,
  state: viewStateSchema,
  is_shared: z.boolean().default(false),
});

export const updateViewSchema = z
  .strictObject({
    name: name.optional(),
    state: viewStateSchema.optional(),
    is_shared: z.boolean().optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');

export const listViewsSchema = z.strictObject({ entity: entitySchema });

/** A saved view as lists show it. */
export type View = {
  id: string;
  name: string;
  state: ViewState;
  is_shared: boolean;
  /** The caller made it, so they may change it. */
  is_mine: boolean;
};
