import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Database } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import type {
  ImportCounts,
  ImportMapping,
  ImportPhase,
  ImportPreset,
  ImportResult,
  ImportStatus,
  ImportTable,
  KeptRecord,
  RecordProblem,
  RowFilter,
} from '@/modules/imports/schema';
import type { StoredInspection } from '@/modules/imports/template';

type Row = Database['public']['Tables']['imports']['Row'];

/** An import in a list and while it is worked on. Times are ISO 8601. */
export type ImportSummary = {
  id: string;
  fileName: string;
  /** Bytes. */
  fileSize: number;
  preset: ImportPreset;
  status: ImportStatus;
  phase: ImportPhase | null;
  /** What went wrong, and what to do, in one or two sentences. */
  error: string | null;
  /** Null until the file was read to its end. */
  totalRows: number | null;
  processedRows: number;
  /** Records that an undo looks at, and those left. */
  undoTotal: number | null;
  undoRemaining: number | null;
  counts: ImportCounts;
  /** Whether anything was written that can be undone or gone on with. */
  hasWritten: boolean;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  undoneAt: string | null;
  createdBy: string | null;
};

/** An import with all that its page needs. */
export type ImportDetail = ImportSummary & {
  inspection: StoredInspection | null;
  mapping: ImportMapping;
  kept: KeptRecord[];
};

/** One row of the file and what became of it. */
export type ImportRowView = {
  line: number;
  result: ImportResult;
  reason: string | null;
  problems: RecordProblem[];
  records: {
    kind: Extract<ImportTable, 'people' | 'organizations' | 'properties'>;
    /** Null while the record is only promised by a preview, or is gone again. */
    id: string | null;
    name: string;
    action: Exclude<ImportResult, 'failed'> | null;
    /** The first line that names it. */
    line: number | null;
    /** The columns that the import changes. */
    changed: string[];
  }[];
};

/** Two people whom the import found alike. */
export type Duplicate = {
  id: string;
  reason: string;
  person: { id: string; name: string };
  other: { id: string; name: string };
};

const summaryColumns =
  'id, file_name, file_size, preset, status, phase, error, total_rows, last_line, processed_rows, undo_total, undo_remaining, counts, created_at, started_at, finished_at, undone_at, created_by, author:profiles!imports_created_by_fkey(full_name, email)' as const;

type SummaryRow = Pick<
  Row,
  | 'id'
  | 'file_name'
  | 'file_size'
  | 'preset'
  | 'status'
  | 'phase'
  | 'error'
  | 'total_rows'
  | 'last_line'
  | 'processed_rows'
  | 'undo_total'
  | 'undo_remaining'
  | 'counts'
  | 'created_at'
  | 'started_at'
  | 'finished_at'
  | 'undone_at'
> & { author: { full_name: string; email: string } | null };

function toSummary(row: SummaryRow): ImportSummary {
  return {
    id: row.id,
    fileName: row.file_name,
    fileSize: row.file_size,
    preset: row.preset as ImportPreset,
    status: row.status as ImportStatus,
    phase: row.phase as ImportPhase | null,
    error: row.error,
    totalRows: row.total_rows,
    processedRows: row.processed_rows,
    undoTotal: row.undo_total,
    undoRemaining: row.undo_remaining,
    counts: row.counts as ImportCounts,
    hasWritten: row.phase === 'undo' || (row.phase === 'run' && row.last_line > 0),
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    undoneAt: row.undone_at,
    createdBy: row.author ? row.author.full_name || row.author.email : null,
  };
}

/**
 * The workspace's imports, newest first.
 * @param page.cursor as the page before gave it
 * @throws {AppError} `invalid` for a cursor that isn't one
 */
export async function listImports(
  supabase: Client,
  workspaceId: string,
  page: { cursor?: string; limit: number },
): Promise<{ rows: ImportSummary[]; nextCursor: string | null }> {
  let query = supabase.from('imports').select(summaryColumns).eq('workspace_id', workspaceId);
  if (page.cursor) {
    const [at, id] = readCursor(page.cursor);
    query = query.or(`created_at.lt.${at},and(created_at.eq.${at},id.gt.${id})`);
  }
  const rows = unwrap(
    await query
      .order('created_at', { ascending: false })
      .order('id')
      .limit(page.limit + 1),
  );
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > page.limit && last
      ? Buffer.from(`${last.created_at} ${last.id}`).toString('base64url')
      : null;
  return { rows: shown.map(toSummary), nextCursor };
}

function readCursor(cursor: string): [string, string] {
  const match = /^(\d{4}-[0-9T:.+-]+) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match?.[1] || !match[2]) {
    const message = 'This page is gone. Start from the first one.';
    throw new AppError('invalid', { userMessage: message, fields: { cursor: message } });
  }
  return [match[1], match[2]];
}

/**
 * One import with its inspection and mapping.
 * @throws {AppError} `not_found`, also for another workspace's
 */
export async function getImport(supabase: Client, workspaceId: string, id: string): Promise<ImportDetail> {
  const { data, error } = await supabase
    .from('imports')
    .select(`${summaryColumns}, inspection, mapping, kept`)
    .eq('workspace_id', workspaceId)
    .eq('id', id)
    .maybeSingle();
  const row = unwrap({ data, error });
  if (!row) throw new AppError('not_found', { userMessage: 'Not found' });
  const inspection = row.inspection as Partial<StoredInspection>;
  return {
    ...toSummary(row),
    inspection: inspection.headers ? (inspection as StoredInspection) : null,
    mapping: row.mapping as ImportMapping,
    kept: row.kept as KeptRecord[],
  };
}

/**
 * How far an import is: the little that a page asks for again and again. `isStalled`: it should be worked on and nobody does.
 * @throws {AppError} `not_found`
 */
export async function getProgress(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<ImportSummary & { isStalled: boolean }> {
  const { data, error } = await supabase
    .from('imports')
    .select(`${summaryColumns}, lease_until`)
    .eq('workspace_id', workspaceId)
    .eq('id', id)
    .maybeSingle();
  const row = unwrap({ data, error });
  if (!row) throw new AppError('not_found', { userMessage: 'Not found' });
  const isWaiting = ['previewing', 'running', 'undoing'].includes(row.status);
  const isLeased = row.lease_until !== null && Date.parse(row.lease_until) > Date.now();
  return { ...toSummary(row), isStalled: isWaiting && !isLeased };
}

/**
 * What became of the rows, in the order of the file.
 * @param page.after the last line of the page before, 0 for the first
 */
export async function listImportRows(
  supabase: Client,
  workspaceId: string,
  id: string,
  page: { result?: RowFilter; after: number; limit: number },
): Promise<{ rows: ImportRowView[]; nextAfter: number | null }> {
  const rows = unwrap(
    await supabase.rpc('list_import_rows', {
      workspace: workspaceId,
      import: id,
      shown: page.result,
      after_line: page.after,
      page_size: page.limit,
    }),
  ) as unknown as ImportRowView[];
  const shown = rows.slice(0, page.limit);
  return { rows: shown, nextAfter: rows.length > page.limit ? (shown.at(-1)?.line ?? null) : null };
}

const REFUSED_PAGE = 500;

/**
 * The refused rows with their cells, read page by page while they are sent on.
 * @param include `failed` rows alone, or `all`: also those that went in with cells left out
 */
export async function* refusedRows(
  supabase: Client,
  workspaceId: string,
  id: string,
  include: 'failed' | 'all',
): AsyncGenerator<{ line: number; cells: string[]; reason: string }> {
  for (let after = 0; ; ) {
    const rows = unwrap(
      await supabase.rpc('list_import_rows', {
        workspace: workspaceId,
        import: id,
        shown: include === 'failed' ? 'failed' : 'refused',
        after_line: after,
        page_size: REFUSED_PAGE,
        with_cells: true,
      }),
    ) as unknown as (Pick<ImportRowView, 'line' | 'reason' | 'problems'> & { raw: string[] | null })[];
    for (const { line, reason, problems, raw } of rows.slice(0, REFUSED_PAGE)) {
      yield {
        line,
        cells: raw ?? [],
        reason: [reason, ...problems.map(({ message }) => message)].filter(Boolean).join(' '),
      };
      after = line;
    }
    if (rows.length <= REFUSED_PAGE) return;
  }
}

const DUPLICATES = 100;

/** The first 100 pairs of people that the import suggests to look at, without those a person dismissed. */
export async function listDuplicates(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<Duplicate[]> {
  const rows = unwrap(
    await supabase
      .from('merge_suggestions')
      .select(
        'id, reason, person:people!merge_suggestions_workspace_id_person_id_fkey(id, display_name, deleted_at), other:people!merge_suggestions_workspace_id_other_person_id_fkey(id, display_name, deleted_at)',
      )
      .eq('workspace_id', workspaceId)
      .eq('import_id', id)
      .is('dismissed_at', null)
      .order('created_at')
      .order('id')
      .limit(DUPLICATES),
  );
  return rows.flatMap(({ id: pair, reason, person, other }) =>
    person && other && !person.deleted_at && !other.deleted_at
      ? [
          {
            id: pair,
            reason,
            person: { id: person.id, name: person.display_name ?? '' },
            other: { id: other.id, name: other.display_name ?? '' },
          },
        ]
      : [],
  );
}
