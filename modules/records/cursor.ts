import { AppError } from '@/lib/errors';
import type { Direction } from './domain';

/** Where a page ended: the last row's place in the order. */
export type Cursor = { sort: string; dir: Direction; value: string; id: string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The cursor as callers carry it: opaque, safe in an address. */
export function encodeCursor({ sort, dir, value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, dir, value, id])).toString('base64url');
}

/**
 * Reads a cursor that came back.
 * @param order the order of the present request; a cursor of another one would skip rows
 * @throws {AppError} `invalid` at the field `cursor`
 */
export function decodeCursor(text: string, order: { sort: string; dir: Direction }): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 4 && parsed.every((part) => typeof part === 'string')) {
      const [sort, dir, value, id] = parsed as [string, Direction, string, string];
      if (sort === order.sort && dir === order.dir && uuid.test(id) && !value.includes('\u0000'))
        return { sort, dir, value, id };
    }
  } catch {
    // falls through to the one complaint
  }
  const message = 'This is no cursor of this list and order; start again without it';
  throw new AppError('invalid', { userMessage: `cursor: ${message}`, fields: { cursor: message } });
}
