import { z } from 'zod';

const reason = z.string().trim().min(1, 'Say why').max(500, 'At most 500 characters');

/** `GET /api/do-not-call`. `q`: a part of a number, of a reason, or somebody's name. */
export const listDoNotCallSchema = z.strictObject({
  q: z.string().trim().max(200, 'At most 200 characters').default(''),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number('A number').int().min(1, 'At least 1').max(200, 'At most 200').default(50),
});
export type ListDoNotCall = z.output<typeof listDoNotCallSchema>;

/** `POST /api/do-not-call`: a number as people write it, or one that is known. */
export const addDoNotCallSchema = z
  .strictObject({
    e164: z.string().trim().min(1, 'Give a number').max(100, 'At most 100 characters').optional(),
    phone_id: z.guid('Not an id').optional(),
    reason,
  })
  .superRefine((given, check) => {
    if ((given.e164 === undefined) === (given.phone_id === undefined))
      check.addIssue({ code: 'custom', path: ['e164'], message: 'Give a number' });
  });
export type AddDoNotCall = z.output<typeof addDoNotCallSchema>;

export const doNotCallParams = z.strictObject({ phone: z.string() });

/** `DELETE /api/do-not-call/[phone]`: why it may be called again. */
export const liftDoNotCallSchema = z.strictObject({ reason });

/** `POST /api/do-not-call/import`, with the file as its body. `column`: where the header doesn't tell which one holds the numbers. */
export const importDoNotCallSchema = z.strictObject({
  column: z.string().trim().min(1, 'Name a column').max(200, 'At most 200 characters').optional(),
  reason: reason.optional(),
});
export type ImportDoNotCall = z.output<typeof importDoNotCallSchema>;

/** A number that must not be called. `at` is ISO 8601; `by` null: nobody in particular, or somebody who is gone. */
export type DoNotCallRow = {
  /** The phone's. */
  id: string;
  e164: string;
  /** As it is written in the workspace's country. */
  display: string;
  reason: string | null;
  at: string;
  by: { id: string; name: string } | null;
  /** At most 3 of `people_count`. */
  people: { id: string; name: string }[];
  people_count: number;
};
/** `total` stands on the first page alone. */
export type DoNotCallPage = { rows: DoNotCallRow[]; next_cursor: string | null; total: number | null };

/** What became of a line: `already`: it was on the list before, or further up in the file. */
export type LineResult = 'added' | 'already' | 'invalid';
export type ImportedList = {
  /** The column that the numbers were read from. */
  column: string;
  counts: Record<LineResult, number>;
  /** `line` of the file, 1-based; `text` as it stands there. */
  lines: { line: number; text: string; result: LineResult; reason?: string }[];
  /** Why the rest of the file was not read; what stands above is done. */
  stopped: string | null;
};
