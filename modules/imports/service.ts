import 'server-only';
import { Readable } from 'node:stream';
import { CsvError } from '@/lib/csv/errors';
import { writeRejectedRows } from '@/lib/csv/write';
import { cutText } from '@/lib/cut-text';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { Json } from '@/lib/supabase/database.types';
import { IMPORT_BUCKET, openImportFile } from '@/modules/imports/file';
import { MAX_IMPORT_BYTES } from '@/modules/imports/limits';
import { checkMapping, suggestMapping, toMapping } from '@/modules/imports/mapping';
import type { TargetField } from '@/modules/imports/presets/fields';
import { getPreset } from '@/modules/imports/presets/registry';
import { getImport, type ImportDetail, refusedRows } from '@/modules/imports/queries';
import { inspectFile } from '@/modules/imports/records';
import { Transient } from '@/modules/imports/runner-errors';
import type {
  CreateImport,
  ImportMapping,
  ImportPhase,
  ImportPreset,
  MappingSuggestion,
  SaveMapping,
} from '@/modules/imports/schema';
import { findTemplate, headersKey, type StoredInspection, storable } from '@/modules/imports/template';

/** Longest name of a template, in characters. */
const TEMPLATE_NAME_CHARS = 100;

/** What the mapping page starts from. */
export type Mappable = {
  preset: ImportPreset;
  suggestions: MappingSuggestion[];
  mapping: ImportMapping;
  /** Whether the workspace mapped these columns before, and the mapping is that one. */
  isTemplate: boolean;
  fields: TargetField[];
};

/**
 * Announces a list and gives the address to upload it to, so that the file goes straight to storage.
 * @returns the import's id, and where to PUT the file; the address works once, for two hours
 * @throws {AppError} `too_large` above 50 MB, `invalid` for an empty file
 */
export async function createImport(
  ctx: Context,
  { fileName, size }: CreateImport,
): Promise<{ id: string; uploadUrl: string }> {
  if (size > MAX_IMPORT_BYTES) {
    const message =
      'This file is larger than 50 MB. Split it into smaller files and import them one after the other.';
    throw new AppError('too_large', { userMessage: message, fields: { size: message } });
  }
  if (size === 0) {
    const message = 'This file is empty. Choose the list you want to import.';
    throw new AppError('invalid', { userMessage: message, fields: { size: message } });
  }
  const id = crypto.randomUUID();
  const path = `${ctx.workspaceId}/${id}.csv`;
  const { error } = await ctx.supabase.from('imports').insert({
    id,
    workspace_id: ctx.workspaceId,
    file_name: fileName,
    file_size: size,
    preset: 'generic',
    created_by: ctx.userId,
  });
  unwrap({ data: null, error });
  const upload = await ctx.supabase.storage.from(IMPORT_BUCKET).createSignedUploadUrl(path);
  if (upload.error) {
    throw new AppError('unavailable', {
      userMessage: 'Storage doesn’t answer. Try again.',
      cause: upload.error,
    });
  }
  return { id, uploadUrl: upload.data.signedUrl };
}

/**
 * Looks at the beginning of an uploaded list, once, and suggests what its columns feed; from then on from memory.
 * @param preset suggests for this kind of list; guessed, or taken from the workspace's template, where it is left out
 * @throws {AppError} `unsupported_file` or `too_large` with the sentence that the import then carries; `not_found` where
 *   the file never arrived; `conflict` once the import is at work
 */
export async function inspectImport(ctx: Context, id: string, preset?: ImportPreset): Promise<Mappable> {
  const present = await getImport(ctx.supabase, ctx.workspaceId, id);
  requireMappable(present);
  const inspection = present.inspection ?? (await readBeginning(ctx, id));
  const template = preset ? null : await findTemplate(ctx.supabase, ctx.workspaceId, inspection.headers);
  const chosen = preset ?? template?.preset ?? inspection.preset;
  const suggested = suggestFor(inspection, chosen);
  const mapping = template
    ? { ...toMapping(suggested), ...pick(template.mapping, inspection.headers) }
    : toMapping(suggested);
  await keepMapping(ctx, id, {
    preset: chosen,
    mapping,
    inspection: { ...inspection, isTemplate: template !== null } as unknown as NonNullable<Json>,
  });
  return {
    preset: chosen,
    suggestions: suggested,
    mapping,
    isTemplate: template !== null,
    fields: getPreset(chosen).fields,
  };
}

/**
 * What the mapping page starts from when it is opened again: the mapping as it was kept.
 * @returns null before the file was read
 */
export function mappableOf({ inspection, preset, mapping }: ImportDetail): Mappable | null {
  if (!inspection) return null;
  const suggestions = suggestFor(inspection, preset);
  return {
    preset,
    suggestions,
    mapping,
    isTemplate: inspection.isTemplate ?? false,
    fields: getPreset(preset).fields,
  };
}

/**
 * What each column could feed under a kind of list.
 * @param inspection as it was kept
 */
export function suggestFor(inspection: StoredInspection, preset: ImportPreset): MappingSuggestion[] {
  const sound = inspection.samples.filter((row) => row.error === null).map((row) => row.cells);
  return suggestMapping(inspection.headers, sound, getPreset(preset));
}

const pick = (mapping: ImportMapping, headers: readonly string[]): ImportMapping =>
  Object.fromEntries(
    headers.flatMap((header) => (Object.hasOwn(mapping, header) ? [[header, mapping[header] ?? null]] : [])),
  );

async function readBeginning(ctx: Context, id: string): Promise<StoredInspection> {
  try {
    return storable(await inspectFile(await openImportFile(ctx.supabase, `${ctx.workspaceId}/${id}.csv`)));
  } catch (error) {
    if (error instanceof Transient) {
      throw new AppError('unavailable', { userMessage: 'Storage doesn’t answer. Try again.', cause: error });
    }
    if (!(error instanceof CsvError)) throw error;
    const { error: refused } = await ctx.supabase
      .from('imports')
      .update({ status: 'failed', error: error.userMessage })
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', id);
    if (refused) ctx.log.warn({ err: refused, importId: id }, 'an unreadable file could not be marked');
    throw new AppError(error.code === 'too_large' ? 'too_large' : 'unsupported_file', {
      userMessage: error.userMessage,
      cause: error,
    });
  }
}

/**
 * Keeps what the columns feed, for this import and for the next list with the same columns. A preview made before no longer counts.
 * @throws {AppError} `invalid` with `mapping.<column>` for a column that can't feed its field; `conflict` once the import is at work
 */
export async function saveMapping(ctx: Context, id: string, { preset, mapping }: SaveMapping): Promise<void> {
  const present = await getImport(ctx.supabase, ctx.workspaceId, id);
  requireMappable(present);
  const headers = present.inspection?.headers;
  if (!headers) throw new AppError('conflict', { userMessage: 'Upload the file first.' });
  const unknown = Object.keys(mapping).find((column) => !headers.includes(column));
  const problems = checkMapping(mapping, headers, getPreset(preset));
  if (unknown !== undefined) problems.unshift({ column: unknown, message: 'The file has no such column.' });
  const first = problems[0];
  if (first) {
    const fields = Object.fromEntries(
      problems.map(({ column, message }) => [column === '' ? 'mapping' : `mapping.${column}`, message]),
    );
    throw new AppError('invalid', { userMessage: first.message, fields });
  }
  await keepMapping(ctx, id, { preset, mapping });
  await keepTemplate(ctx, present.fileName, headers, { preset, mapping });
}

async function keepTemplate(
  ctx: Context,
  fileName: string,
  headers: readonly string[],
  { preset, mapping }: SaveMapping,
) {
  const name = cutText(fileName.replace(/\.[a-z]{2,4}$/i, ''), TEMPLATE_NAME_CHARS).trim() || 'List';
  const { error } = await ctx.supabase.from('import_templates').upsert(
    {
      workspace_id: ctx.workspaceId,
      name,
      preset,
      headers_key: headersKey(headers),
      mapping,
      created_by: ctx.userId,
    },
    { onConflict: 'workspace_id,headers_key' },
  );
  // the import itself is mapped; that the next list starts from a guess again is no reason to stop
  if (error) ctx.log.warn({ err: error }, 'a mapping could not be kept as a template');
}

const atWork = () =>
  new AppError('conflict', {
    userMessage: 'This import is at work or done already, so its columns can’t be changed any more.',
  });

function requireMappable({ status, hasWritten }: { status: string; hasWritten: boolean }): void {
  if (hasWritten || !['uploaded', 'previewed', 'failed', 'cancelled'].includes(status)) throw atWork();
}

/** The database asks once more whether the import rests: a colleague may have started it since it was read. */
async function keepMapping(
  ctx: Context,
  id: string,
  kept: { preset: ImportPreset; mapping: ImportMapping; inspection?: NonNullable<Json> },
): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('imports')
      .update({ ...kept, status: 'uploaded', error: null })
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', id)
      .select('id'),
  );
  if (rows.length === 0) throw atWork();
}

/**
 * Starts a phase, or goes on with it where it failed or was stopped. The work is done in the background.
 * @throws {AppError} `not_found`; `conflict` with the reason where the phase can't begin now
 */
export async function beginPhase(ctx: Context, id: string, phase: ImportPhase): Promise<void> {
  unwrap(
    await ctx.supabase.rpc('begin_import_phase', {
      workspace: ctx.workspaceId,
      import: id,
      next_phase: phase,
    }),
  );
}

/**
 * Stops a preview or a run after the rows it is at, or sets a waiting import aside. What was written stays until it is undone.
 * @throws {AppError} `not_found`; `conflict` where there is nothing to stop
 */
export async function cancelImport(ctx: Context, id: string): Promise<void> {
  unwrap(await ctx.supabase.rpc('cancel_import', { workspace: ctx.workspaceId, import: id }));
}

/**
 * The refused rows as a file that can be put right and dropped again; it is sent while it is read.
 * @param include `failed` rows alone, or `all`: also those that went in with cells left out
 * @throws {AppError} `not_found`
 */
export async function rejectedFile(
  ctx: Context,
  id: string,
  include: 'failed' | 'all',
): Promise<{ name: string; body: ReadableStream<Uint8Array> }> {
  const { fileName, inspection } = await getImport(ctx.supabase, ctx.workspaceId, id);
  const rows = refusedRows(ctx.supabase, ctx.workspaceId, id, include);
  const text = Readable.from(writeRejectedRows(inspection?.headers ?? [], rows));
  const name = `${fileName.replace(/\.[a-z]{2,4}$/i, '')} - ${include === 'failed' ? 'rejected rows' : 'rows to check'}.csv`;
  // Node's web stream and the DOM's are one thing under two names
  const body = Readable.toWeb(text.map((piece: string) => Buffer.from(piece))) as ReadableStream<Uint8Array>;
  return { name, body };
}
