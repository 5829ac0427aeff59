import { CsvError } from '@/lib/csv/errors';
import { AppError } from '@/lib/errors';
import type { ImportPhase } from '@/modules/imports/schema';

/** The import is somebody else's now, or a person stopped it: this runner has nothing more to say. */
export class LostLease extends Error {
  constructor() {
    super('the import is worked on by somebody else');
    this.name = 'LostLease';
  }
}

/** A failure that may not be there the next time: the network, a busy or restarting database. */
export class Transient extends Error {
  /** The database stopped a call that took too long: fewer rows at once may pass. */
  readonly isTimeout: boolean;

  constructor(message: string, code: string, cause?: unknown) {
    super(`${code} ${message}`, { cause });
    this.name = 'Transient';
    // the local Data API passes the sentence on without its code
    this.isTimeout = code === '57014' || message.includes('statement timeout');
  }
}

/**
 * Whether a refusal of the Data API may pass: no answer at all, a gateway without a server behind it, PostgREST without a
 * database (PGRST00x), and Postgres' classes 08 (connection), 40 (rollback), 53 (resources), 55P03 (lock), 57 (operator).
 * @param code SQLSTATE, PGRST code, or empty where nothing answered
 * @param status the HTTP status, 0 where nothing answered
 * @see https://www.postgresql.org/docs/17/errcodes-appendix.html
 */
export function isTransient(code: string, status: number): boolean {
  if (/^(?:08|40|53|57)[0-9A-Z]{3}$|^55P03$|^PGRST00\d$/.test(code)) return true;
  if (/^[0-9A-Z]{5}$/.test(code) || code.startsWith('PGRST')) return false;
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

/** Whether the database refused a value (classes 22 and 23, program limits 54): a row's fault, not the import's. */
export function isDataError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:22|23|54)[0-9A-Z]{3}$/.test(code);
}

/** What a person reads of an import that failed: what is wrong, what stands, what to do. */
export function failureSentence(error: unknown, phase: ImportPhase): string {
  if (error instanceof CsvError) return error.userMessage;
  if (error instanceof AppError) return error.message;
  const stands = {
    preview: 'Nothing was written.',
    run: 'What was imported so far stands.',
    undo: 'What was undone so far stays undone.',
  }[phase];
  if (error instanceof Transient) {
    return `The database couldn’t be reached or took too long. ${stands} Try again: it goes on where it stopped.`;
  }
  return `Something went wrong on our side. ${stands} Try again: it goes on where it stopped.`;
}
