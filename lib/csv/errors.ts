/** The largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** The most rows below the header that are read. */
export const MAX_ROWS = 500_000;
/** The longest cell that is kept, in UTF-16 code units; a longer one fails its row. */
export const MAX_CELL_CHARS = 100_000;
/** The most columns a header may have. */
export const MAX_COLUMNS = 1_000;
/**
 * Where a record grows past this, in UTF-16 code units, a quote was opened and never closed: reading on would hold the rest of the
 * file in memory as one cell.
 */
export const MAX_RECORD_CHARS = 4_000_000;

/** What stops a whole file from being read. */
export type CsvErrorCode =
  | 'empty_file'
  | 'header_only'
  | 'not_csv'
  | 'unclosed_quote'
  | 'too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'unreadable';

/** A file that can't be read as a list. `userMessage` says what it is and what to do, in words for the person who chose it. */
export class CsvError extends Error {
  readonly code: CsvErrorCode;
  readonly userMessage: string;
  /** 1-based line of the file where reading stopped, where one is known. */
  readonly line: number | null;

  constructor(code: CsvErrorCode, userMessage: string, options: { line?: number; cause?: unknown } = {}) {
    super(`${code}: ${userMessage}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CsvError';
    this.code = code;
    this.userMessage = userMessage;
    this.line = options.line ?? null;
  }
}

export type CsvWarningCode =
  | 'duplicate_headers'
  | 'unnamed_columns'
  | 'skipped_preamble'
  | 'header_looks_like_data'
  | 'mixed_encoding';

/** Something a person should know about a file that is read all the same. */
export type CsvWarning = { code: CsvWarningCode; message: string };
