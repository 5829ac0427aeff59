import { z } from 'zod';
import { addLimit, changesLimit, columnPageSize, scoreRanges, stageResults } from './domain';

const id = z.guid('Not an id');
const asArray = (value: unknown) => (typeof value === 'string' ? [value] : value);
const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(asArray, z.array(item).max(50, 'At most 50 values')).optional();

const filterShape = {
  q: z.string().trim().max(200, 'At most 200 characters').optional(),
  assigned_to: listOf(z.union([id, z.literal('none')], 'A member’s id, or none')),
  owner_id: listOf(id),
  market: listOf(z.string().trim().min(1, 'Can’t be empty').max(200, 'At most 200 characters')),
  /** Ranges of scores, both ends included, such as `75-100`; any of several. */
  score: listOf(
    z
      .string()
      .regex(
        /^\d{1,3}(\.\d{1,2})?-\d{1,3}(\.\d{1,2})?$/,
        `A range such as ${Object.keys(scoreRanges).join(', ')}`,
      )
      .transform((range) => range.split('-').map(Number)),
  ),
  overdue: z.literal('yes', 'yes').optional(),
};

/** What a board's functions take as their filter. */
export type BoardSqlFilter = {
  q?: string;
  assigned_to?: string[];
  owner_id?: string[];
  market?: string[];
  scores?: number[][];
  overdue?: true;
};

type FilterQuery = z.output<z.ZodObject<typeof filterShape>>;

function toFilter({ q, assigned_to, owner_id, market, score, overdue }: FilterQuery): BoardSqlFilter {
  return {
    ...(q && { q }),
    ...(assigned_to && { assigned_to }),
    ...(owner_id && { owner_id }),
    ...(market && { market }),
    ...(score && { scores: score }),
    ...(overdue && { overdue: true as const }),
  };
}

const limit = z.coerce
  .number('A number')
  .int('A whole number')
  .min(1, 'At least 1')
  .max(200, 'At most 200')
  .default(columnPageSize);

/** The query of a board: `pipeline` (the default one without it), filters, and how many cards of each stage. */
export const boardQuery = z
  .strictObject({ ...filterShape, pipeline: id.optional(), limit })
  .transform(({ pipeline, limit: size, ...filters }) => ({
    pipeline,
    limit: size,
    filter: toFilter(filters),
  }));

/** The query of a stage's further cards: those below `after`, a rank. */
export const boardCardsQuery = z
  .strictObject({
    ...filterShape,
    pipeline: id.optional(),
    stage: id,
    after: z
      .string()
      .regex(/^-?\d{1,40}(\.\d{1,40})?$/, 'A rank')
      .optional(),
    limit,
  })
  .transform(({ stage, after, limit: size, pipeline: _, ...filters }) => ({
    stage,
    after,
    limit: size,
    filter: toFilter(filters),
  }));

/** The query of what became of some cards; `id` is repeated. */
export const boardChangesQuery = z
  .strictObject({
    ...filterShape,
    pipeline: id,
    id: z.preprocess(asArray, z.array(id).min(1).max(changesLimit, `At most ${changesLimit} cards`)),
  })
  .transform(({ pipeline, id: ids, ...filters }) => ({ pipeline, ids, filter: toFilter(filters) }));

/** The body of a move. The card is put under `above`, else above `below`, else at the top of the stage. */
export const moveSchema = z.strictObject({
  card_id: id,
  to_stage_id: id,
  above: id.nullable().default(null),
  below: id.nullable().default(null),
  /** The card's version as the mover saw it. */
  version: z.number().int().min(1),
  reason: z.string().trim().max(1000, 'At most 1,000 characters').nullish(),
});
export type Move = z.output<typeof moveSchema>;

/** The body that puts properties on a board. */
export const addToBoardSchema = z.strictObject({
  property_ids: z
    .array(id)
    .min(1, 'Say which properties')
    .max(addLimit, `At most ${addLimit} properties at once`),
  pipeline_id: id.nullish(),
  stage_id: id.nullish(),
});
export type AddToBoard = z.output<typeof addToBoardSchema>;

/** The body that names cards to take off the board, or to put back. */
export const cardIdsSchema = z.strictObject({
  ids: z.array(id).min(1, 'Say which cards').max(addLimit, `At most ${addLimit} cards at once`),
});

/** The body that asks how many active cards go with properties. */
export const propertyIdsSchema = z.strictObject({ property_ids: z.array(id).min(1).max(addLimit) });

/** The query of a property's cards. */
export const cardsOfPropertyQuery = z.strictObject({ property_id: id });

const share = z.number('A number').min(0, 'At least 0').max(100, 'At most 100');

/** Inputs of a score, set one by one; null takes one away. */
export const scoreInputsSchema = z.strictObject({
  roi_annual_pct: z
    .number('A number')
    .min(-1000, 'At least -1,000')
    .max(1000, 'At most 1,000')
    .nullable()
    .optional(),
  regulatory_risk: share.nullable().optional(),
  market_risk: share.nullable().optional(),
  jurisdiction_allowed: z.boolean('Yes or no').nullable().optional(),
});

/** A change of a card. */
export const updateVerificationSchema = z
  .strictObject({
    owner_id: id.nullable().optional(),
    assigned_to: id.nullable().optional(),
    score_inputs: scoreInputsSchema.optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'This changes nothing');
export type UpdateVerification = z.output<typeof updateVerificationSchema>;

/** A change of what scores are counted with. */
export const scoreRulesSchema = z
  .strictObject({
    roi_weight: share,
    regulatory_weight: share,
    market_weight: share,
    roi_target_pct: z.number('A number').min(0.1, 'At least 0.1').max(1000, 'At most 1,000'),
    threshold: share,
    auto_move: z.boolean('Yes or no'),
  })
  .partial()
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'This changes nothing');

const pipelineName = z.string('Enter a name').trim().min(1, 'Enter a name').max(80, 'At most 80 characters');
const stageName = z.string('Enter a name').trim().min(1, 'Enter a name').max(60, 'At most 60 characters');
const slaDays = z
  .number('A number of days')
  .int('A whole number of days')
  .min(1, 'At least 1')
  .max(365, 'At most 365')
  .nullable();
const result = z.enum(stageResults, `One of ${stageResults.join(', ')}`);

/** A new pipeline, with the stages of a verification. */
export const createPipelineSchema = z.strictObject({ name: pipelineName });

/** A change of a pipeline. The default one is changed by making another one the default. */
export const updatePipelineSchema = z
  .strictObject({
    name: pipelineName.optional(),
    is_default: z.literal(true, 'true').optional(),
    approve_stage_id: id.nullable().optional(),
    archived: z.boolean().optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'This changes nothing');
export type UpdatePipeline = z.output<typeof updatePipelineSchema>;

/** A new stage. */
export const createStageSchema = z.strictObject({
  name: stageName,
  result: result.default('open'),
  sla_days: slaDays.default(null),
});
export type CreateStage = z.output<typeof createStageSchema>;

/** A change of a stage. */
export const updateStageSchema = z
  .strictObject({ name: stageName.optional(), result: result.optional(), sla_days: slaDays.optional() })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'This changes nothing');
export type UpdateStage = z.output<typeof updateStageSchema>;

/** All stages of a pipeline, in their new order. */
export const stageOrderSchema = z.strictObject({ stages: z.array(id).min(1).max(100) });

/** Where a stage's cards go when it is taken away. */
export const archiveStageSchema = z.strictObject({
  move_to: id.nullish(),
  reason: z.string().trim().max(1000, 'At most 1,000 characters').nullish(),
});
export type ArchiveStage = z.output<typeof archiveStageSchema>;

/** Parameters of a route below a pipeline's stage. A malformed id is nobody's: 404. */
export const stageParams = z.strictObject({ id: z.string(), stage: z.string() });

/** A note on a card. */
export const cardNoteSchema = z.strictObject({
  body: z.string().trim().min(1, 'Write something').max(20_000, 'At most 20,000 characters'),
});
