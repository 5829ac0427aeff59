import 'server-only';
import { CsvError } from '@/lib/csv/errors';
import { type CsvFile, openCsv } from '@/lib/csv/read';
import type { ByteSource } from '@/lib/csv/source';
import { writeCsv } from '@/lib/csv/write';
import { cutText } from '@/lib/cut-text';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { readPoint } from '@/modules/contact-points/service';
import { requireId } from '@/modules/records/service';
import { maxListBytes, maxListLines, numberColumn, reasonColumn } from './domain';
import { listDoNotCall } from './queries';
import type { AddDoNotCall, ImportDoNotCall, ImportedList, LineResult } from './schema';

type Number = { e164: string; reason: string | null };
type Added = { e164: string; id: string; is_added: boolean };

/** Lines that are written with one statement. */
const chunkLines = 5000;
const exportRows = 5000;
const reasonChars = 500;
const shownChars = 60;

async function add(ctx: Context, numbers: Number[]): Promise<Added[]> {
  const added = await ctx.supabase.rpc('add_do_not_call', { workspace: ctx.workspaceId, numbers });
  return unwrap(added) as unknown as Added[];
}

async function numberOf(ctx: Context, phone: string): Promise<string> {
  const found = await ctx.supabase
    .from('phones')
    .select('e164')
    .match({ workspace_id: ctx.workspaceId, id: requireId(phone) })
    .maybeSingle();
  const row = unwrap(found);
  if (!row) throw new AppError('not_found', { userMessage: 'Not found' });
  return row.e164;
}

/**
 * Puts a number on the do-not-call list; its texts stop with it. One that is on it already stays with its own reason.
 * @returns the phone's id, and whether it is new on the list
 * @throws {AppError} `invalid` at `e164`; `not_found` where there is no such phone
 */
export async function addDoNotCall(
  ctx: Context,
  { e164, phone_id, reason }: AddDoNotCall,
): Promise<{ id: string; e164: string; is_added: boolean }> {
  const number = phone_id ? await numberOf(ctx, phone_id) : readPoint('phone', e164 ?? '', 'e164').value;
  const [added] = await add(ctx, [{ e164: number, reason }]);
  if (!added) throw new Error('the database answered nothing of the number');
  return added;
}

/**
 * Takes a number off the list; the audit log keeps who did and why.
 * @throws {AppError} `not_found` where there is no such phone; `conflict` where it isn't on the list
 */
export async function liftDoNotCall(ctx: Context, phone: string, reason: string): Promise<void> {
  const lifted = unwrap(
    await ctx.supabase.rpc('lift_do_not_call', {
      workspace: ctx.workspaceId,
      phone: requireId(phone),
      reason,
    }),
  );
  if (!lifted)
    throw new AppError('conflict', { userMessage: 'The number isn’t on the do-not-call list any more.' });
}

async function open(source: ByteSource): Promise<CsvFile> {
  try {
    return await openCsv(source, { maxBytes: maxListBytes, maxRows: maxListLines });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AppError('invalid', {
      userMessage: error.userMessage,
      fields: { file: error.userMessage },
      cause: error,
    });
  }
}

/**
 * Puts the numbers of a CSV file on the list while it is read. Nothing is lifted, whatever the file says, and a number that is on
 * the list keeps its reason; so the same file twice changes nothing.
 * @param source the file's bytes
 * @returns what became of each line
 * @throws {AppError} `invalid` at `file` for what is no list, at `column` where the headers don't tell which one holds the numbers
 */
export async function importDoNotCall(
  ctx: Context,
  source: ByteSource,
  { column, reason }: ImportDoNotCall,
): Promise<ImportedList> {
  const file = await open(source);
  const at = numberColumn(file.headers, column);
  if (at < 0) {
    await file.rows.return(undefined);
    const message = column ? `There is no column “${column}”` : 'Say which column holds the numbers';
    throw new AppError('invalid', {
      userMessage: message,
      fields: { column: message },
      current: { columns: file.headers },
    });
  }
  const why = reasonColumn(file.headers);
  const usual = reason ?? 'From a list that was imported';
  const list: ImportedList = {
    column: file.headers[at] ?? '',
    counts: { added: 0, already: 0, invalid: 0 },
    lines: [],
    stopped: null,
  };
  const put = (line: number, text: string, result: LineResult, said?: string) => {
    list.counts[result] += 1;
    list.lines.push({ line, text: cutText(text, shownChars), result, ...(said && { reason: said }) });
  };
  let chunk: (Number & { line: number; text: string })[] = [];
  const flush = async () => {
    const fresh = new Set<string>();
    for (const { e164, is_added } of await add(
      ctx,
      chunk.map(({ e164, reason: text }) => ({ e164, reason: text })),
    ))
      if (is_added) fresh.add(e164);
    // of two lines with one number, the first has added it
    for (const { line, text, e164 } of chunk) put(line, text, fresh.delete(e164) ? 'added' : 'already');
    chunk = [];
  };
  const take = (line: number, text: string, said: string) => {
    try {
      chunk.push({
        line,
        text,
        e164: readPoint('phone', text).value,
        reason: cutText(said || usual, reasonChars),
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      put(line, text, 'invalid', text === '' ? 'Holds no number' : error.message);
    }
  };
  // a file without a header begins with a number
  if (/\d{7}/.test(list.column.replace(/\D/g, ''))) take(file.headerLine, list.column, '');
  try {
    for await (const row of file.rows) {
      const text = row.cells[at]?.trim() ?? '';
      if (row.error) put(row.line, text, 'invalid', row.error);
      else take(row.line, text, why < 0 ? '' : (row.cells[why]?.trim() ?? ''));
      if (chunk.length >= chunkLines) await flush();
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    list.stopped = error.userMessage;
  }
  if (chunk.length > 0) await flush();
  list.lines.sort((a, b) => a.line - b.line);
  return list;
}

/**
 * The list as CSV, in pieces: it is read while it is sent.
 * @throws {AppError} `not_found` for a stranger, with the first piece
 */
export async function* exportDoNotCall(
  ctx: Pick<Context, 'supabase' | 'workspaceId'>,
): AsyncGenerator<string> {
  yield `\ufeff${writeCsv([['E.164', 'Number', 'Reason', 'Since', 'By', 'People']])}`;
  let cursor: string | undefined;
  do {
    const page = await listDoNotCall(ctx.supabase, ctx.workspaceId, {
      q: '',
      limit: exportRows,
      ...(cursor && { cursor }),
    });
    if (page.rows.length > 0)
      yield writeCsv(
        page.rows.map(({ e164, display, reason, at, by, people, people_count }) => [
          e164,
          display,
          reason ?? '',
          new Date(at).toISOString(),
          by?.name ?? '',
          [
            ...people.map(({ name }) => name),
            ...(people_count > people.length ? [`and ${people_count - people.length} more`] : []),
          ].join(', '),
        ]),
      );
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
}
