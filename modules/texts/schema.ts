import { z } from 'zod';
import { peopleList } from '@/modules/people/domain';
import { countQuerySchema } from '@/modules/records/schema';
import { batchStates, batchStatuses, leftOutReasons, maxBodyLength, textStatuses } from './domain';

const id = z.guid('Not an id');
const moment = z.iso.datetime({
  offset: true,
  error: 'A date and time with its zone, such as 2026-11-21T15:04:00Z',
});
const body = z
  .string()
  .trim()
  .min(1, 'Write something')
  .max(maxBodyLength, `At most ${maxBodyLength.toLocaleString('en-US')} characters`);
const limit = z.coerce
  .number('A number')
  .int('A whole number')
  .min(1, 'At least 1')
  .max(200, 'At most 200')
  .default(50);
const cursor = z.string().max(2000, 'Not a cursor').optional();

/** Parameters of a route below `/api/sms/batches/[id]` and its like. A malformed id is nobody's: 404, as a stranger's. */
export const textParams = z.strictObject({ id: z.string() });

/** Body of `POST /api/sms/send`. `id` is made by the caller: the same one twice is one text. */
export const sendTextSchema = z.strictObject({
  id,
  phone_id: id,
  /** Whom it is for, where several stand behind the number; their fields fill the wording. */
  person_id: id.nullish(),
  body,
  /** Left out: the number they last wrote to or got a text from, else the default sender. */
  phone_number_id: id.nullish(),
  /** The template it was written from (pro). */
  template_id: id.nullish(),
});
export type SendText = z.output<typeof sendTextSchema>;

/** Body of `POST /api/sms/preview`. */
export const previewTextSchema = z.strictObject({
  phone_id: id,
  person_id: id.nullish(),
  body,
  phone_number_id: id.nullish(),
});
export type PreviewText = z.output<typeof previewTextSchema>;

/** Query of `GET /api/sms`: every text, the newest first. */
export const listTextsQuery = z.strictObject({
  direction: z.enum(['out', 'in'], 'out or in').optional(),
  status: z.enum(textStatuses, `One of ${textStatuses.join(', ')}`).optional(),
  cursor,
  limit,
});
export type ListTexts = z.output<typeof listTextsQuery>;

/** Which people a batch goes to: by id, by what a saved view of people shows, or by a filter of the people list. */
const people = z.union(
  [
    z.strictObject({
      ids: z.array(id).min(1, 'At least one').max(25_000, 'At most 25,000 at once'),
    }),
    z.strictObject({ view_id: id }),
    z.strictObject({
      filter: countQuerySchema(peopleList),
      q: z.string().trim().max(200, 'At most 200 characters').default(''),
    }),
  ],
  'Give ids, view_id or filter',
);
export type ChosenPeople = z.output<typeof people>;

/** Body of `POST /api/sms/batches/preview`. */
export const previewBatchSchema = z.strictObject({
  people,
  body,
  phone_number_id: id.nullish(),
  /** Answer the people of this reason too, at most 100. */
  reason: z.enum(leftOutReasons, `One of ${leftOutReasons.join(', ')}`).optional(),
});
export type PreviewBatch = z.output<typeof previewBatchSchema>;

/** Body of `POST /api/sms/batches` (premium). `id` is made by the caller: the same one twice is one batch. */
export const createBatchSchema = z.strictObject({
  id,
  name: z.string().trim().min(1, 'Needs a name').max(120, 'At most 120 characters'),
  people,
  body,
  phone_number_id: id.nullish(),
  template_id: id.nullish(),
  /** Not before then; each text still waits for its own hours. */
  starts_at: moment.nullish(),
});
export type CreateBatch = z.output<typeof createBatchSchema>;

/** Query of `GET /api/sms/batches`. */
export const listBatchesQuery = z.strictObject({
  status: z.enum(batchStatuses, `One of ${batchStatuses.join(', ')}`).optional(),
  cursor,
  limit,
});
export type ListBatches = z.output<typeof listBatchesQuery>;

/** Query of `GET /api/sms/batches/[id]/messages`. `status`: one of the counts of the batch, or those who answered. */
export const listBatchTextsQuery = z.strictObject({
  status: z.enum([...batchStates, 'replied'], `One of ${batchStates.join(', ')}, replied`).optional(),
  cursor,
  limit,
});
export type ListBatchTexts = z.output<typeof listBatchTextsQuery>;
