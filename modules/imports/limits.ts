/** The largest file that is taken, in bytes: the bucket's own limit. Apart from the schemas, so that the browser needs no zod for it. */
export const MAX_IMPORT_BYTES = 50 * 1024 * 1024;
