import { z } from 'zod';
import { AppError, type ErrorBody, errorStatus } from '../errors';
import type { Log } from '../logger';

/** 200 with a JSON body. */
export const ok = (data: unknown) => Response.json(data);
/** 201 with a JSON body. */
export const created = (data: unknown) => Response.json(data, { status: 201 });
/** 202: taken on, going on in the background. */
export const accepted = (data: unknown) => Response.json(data, { status: 202 });
/** 204, no body. */
export const noContent = () => new Response(null, { status: 204 });

/**
 * The answer to anything thrown: a known code with its status and sentence, else a generic 500 whose cause is logged whole.
 */
export function errorResponse(error: unknown, requestId: string, log: Log): Response {
  const known = error instanceof AppError ? error : null;
  if (!known) log.error({ err: error }, 'unexpected error');
  else if (errorStatus[known.code] >= 500) log.error({ err: known }, 'request failed');
  const body: ErrorBody = {
    error: {
      code: known?.code ?? 'internal',
      message: known?.message ?? 'Something went wrong on our side. Nothing you did is lost; try again.',
      ...(known?.fields && { fields: known.fields }),
      ...(known?.existing && { existing: known.existing }),
      ...(known?.current !== undefined && { current: known.current }),
      ...(known?.needs && { needs: known.needs }),
      requestId,
    },
  };
  return Response.json(body, { status: errorStatus[body.error.code] });
}

/** Postgres keeps neither a NUL nor half of a surrogate pair in a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what it looks for
const unstorableText = /[\u0000\p{Surrogate}]/u;
/** Nothing of ours nests deeper; what does is refused by its schema. */
const maxDepth = 12;

/** Where in a value a text stands that can't be stored, or null. */
function findUnstorable(value: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof value === 'string') return unstorableText.test(value) ? path : null;
  if (typeof value !== 'object' || value === null || path.length >= maxDepth) return null;
  for (const [key, item] of Object.entries(value)) {
    const found = unstorableText.test(key) ? path : findUnstorable(item, [...path, key]);
    if (found) return found;
  }
  return null;
}

/**
 * Parses what a caller sent.
 * @throws {AppError} `invalid`, with the first complaint of each field by its dotted path.
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const unstorable = findUnstorable(value, []);
  if (unstorable) {
    const field = unstorable.join('.') || 'body';
    const message = 'This holds a character that can’t be stored';
    throw new AppError('invalid', { userMessage: `${field}: ${message}`, fields: { [field]: message } });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) fields[path.join('.') || 'body'] ??= issue.message;
  }
  const [field, message] = Object.entries(fields)[0] ?? ['body', 'Invalid'];
  throw new AppError('invalid', {
    userMessage: `${field}: ${message}`,
    fields,
    cause: z.prettifyError(result.error),
  });
}
