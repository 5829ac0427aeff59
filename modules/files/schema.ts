import { z } from 'zod';
import { subjectKinds } from '@/modules/tasks/domain';
import { aboutSomebody, isAboutSomebody, subjectIds } from '@/modules/tasks/schema';
import { cleanTitle, maxFilesAtOnce } from './domain';

const id = z.guid('Not an id');
const name = z
  .string('Name the file')
  .max(1000, 'At most 1,000 characters')
  .transform(cleanTitle)
  .pipe(z.string().min(1, 'Name the file'));
const size = z.number('Its size in bytes').int('Its size in bytes').min(0, 'Its size in bytes');

/** Body of `POST /api/files/sign`: what will be uploaded, and what it hangs on. */
export const signFilesSchema = z
  .strictObject({
    files: z
      .array(z.strictObject({ title: name, size }))
      .min(1, 'Name a file')
      .max(maxFilesAtOnce, `At most ${maxFilesAtOnce} at once`),
    ...subjectIds,
  })
  .refine(isAboutSomebody, aboutSomebody);

/** Body of `POST /api/verification/[id]/files/sign`: one file. */
export const signCardFileSchema = z.strictObject({
  filename: name,
  mime: z.string().max(200).optional(),
  size: size.optional(),
});

/** Body of `POST /api/files`: the upload has arrived. */
export const registerFileSchema = z.strictObject({ id });
/** Body of `POST /api/verification/[id]/files`: the same, by its path. */
export const registerCardFileSchema = z.strictObject({
  path: z.string('Not a path').max(200, 'Not a path'),
});

/** Query of `GET /api/files`. */
export const listFilesQuery = z.strictObject({
  subject: z.enum(subjectKinds, `One of ${subjectKinds.join(', ')}`),
  id,
});

/** Query of `DELETE /api/verification/[id]/files`. */
export const cardFileQuery = z.strictObject({ path: z.string().max(200) });

/** Query of `GET /api/storage/signed-view`. */
export const viewQuery = z.strictObject({
  bucket: z.string().max(100),
  path: z.string().max(500),
  /** Saves it even where a browser could show it. */
  download: z.enum(['yes'], 'yes, or leave it out').optional(),
});

export type SignFiles = z.infer<typeof signFilesSchema>;
