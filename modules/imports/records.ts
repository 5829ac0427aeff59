import type { CsvWarning } from '@/lib/csv/errors';
import { type CsvOptions, openCsv } from '@/lib/csv/read';
import type { Delimiter } from '@/lib/csv/sniff';
import type { ByteSource } from '@/lib/csv/source';
import { quoted, Row } from '@/modules/imports/domain';
import { slotsOf, suggestMapping, toMapping } from '@/modules/imports/mapping';
import type { TargetField } from '@/modules/imports/presets/fields';
import { detectPreset, getPreset } from '@/modules/imports/presets/registry';
import type {
  ImportMapping,
  ImportPreset,
  ImportRecord,
  ImportTable,
  MappingSuggestion,
} from '@/modules/imports/schema';

/** Rows shown on the mapping page. */
const SAMPLE_ROWS = 20;
const BATCH_ROWS = 1_000;

/** What a file looks like before it is imported. */
export type Inspection = {
  encoding: string;
  delimiter: Delimiter;
  headers: string[];
  /** 1-based line of the header. */
  headerLine: number;
  warnings: CsvWarning[];
  /** The first 20 rows' cells. Rows that can't be used are among them with their error. */
  samples: { line: number; cells: string[]; error: string | null }[];
  preset: ImportPreset;
  /** 0 to 1. */
  presetConfidence: number;
  suggestions: MappingSuggestion[];
  mapping: ImportMapping;
  /** What columns of this preset may be mapped to. */
  fields: TargetField[];
};

/**
 * Looks at the beginning of a file: how it is written, what kind of list it is and what its columns feed.
 *
 * @param source the file's bytes; only the beginning is read, then the source is closed
 * @param options `preset` takes that kind of list instead of guessing
 * @throws CsvError for a file that isn't a list
 */
export async function inspectFile(
  source: ByteSource,
  options: CsvOptions & { preset?: ImportPreset } = {},
): Promise<Inspection> {
  const file = await openCsv(source, options);
  const samples: Inspection['samples'] = [];
  for await (const { line, cells, error } of file.rows) {
    samples.push({ line, cells, error });
    if (samples.length >= SAMPLE_ROWS) break;
  }
  const guess = options.preset ? { preset: options.preset, confidence: 1 } : detectPreset(file.headers);
  const preset = getPreset(guess.preset);
  const sound = samples.filter((row) => row.error === null).map((row) => row.cells);
  const suggestions = suggestMapping(file.headers, sound, preset);
  return {
    encoding: file.encoding(),
    delimiter: file.delimiter,
    headers: file.headers,
    headerLine: file.headerLine,
    warnings: file.warnings,
    samples,
    preset: guess.preset,
    presetConfidence: guess.confidence,
    suggestions,
    mapping: toMapping(suggestions),
    fields: preset.fields,
  };
}

export type ReadOptions = CsvOptions & {
  preset: ImportPreset;
  /** The columns' fields; suggested from the headers where it is left out. */
  mapping?: ImportMapping;
  /** Rows a batch, 1,000 by default. */
  batchRows?: number;
  /** Passes over rows that start on this line or above it: an import that was broken off goes on behind it. */
  afterLine?: number;
};

const tableOfGroup = { Person: 'people', Organization: 'organizations', Property: 'properties' } as const;

/** Which table a column's value ends up in, for the note on a formula. */
function tablesByColumn(
  fields: readonly TargetField[],
  mapping: ImportMapping,
  headers: readonly string[],
): ImportTable[] {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  return headers.map((header) => {
    const field = byKey.get(mapping[header] ?? '');
    if (field?.type === 'email') return 'emails';
    if (field?.type === 'phone') return 'phones';
    if (field?.type === 'linkedin') return 'linkedin_profiles';
    if (field?.group === 'Person' || field?.group === 'Organization' || field?.group === 'Property')
      return tableOfGroup[field.group];
    return field?.type === 'name' ? 'people' : 'organizations';
  });
}

/**
 * Reads a whole list as import records. Memory does not grow with the file.
 *
 * @param source the file's bytes
 * @param options the kind of list, its mapping, and where to go on
 * @returns the records in the file's order, in batches; a row that can't be used comes as a record with `failed`
 * @throws CsvError when the file can't be read, or not to its end; batches given out before stand
 */
export async function* readRecords(
  source: ByteSource,
  options: ReadOptions,
): AsyncGenerator<ImportRecord[], void, undefined> {
  const preset = getPreset(options.preset);
  const file = await openCsv(source, options);
  const mapping = options.mapping ?? toMapping(suggestMapping(file.headers, [], preset));
  const read = preset.compile(slotsOf(mapping, file.headers));
  const tables = tablesByColumn(preset.fields, mapping, file.headers);
  const size = options.batchRows ?? BATCH_ROWS;
  const after = options.afterLine ?? 0;
  let batch: ImportRecord[] = [];
  for await (const { line, cells, error, formulas } of file.rows) {
    if (line <= after) continue;
    batch.push(error === null ? toRecord(line, cells, formulas) : failure(line, cells, error));
    if (batch.length >= size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;

  function toRecord(line: number, cells: string[], formulas: number[]): ImportRecord {
    const row = new Row(line, cells);
    const draft = read(row);
    if (draft.failed !== null) return failure(line, cells, draft.failed);
    for (const index of formulas) {
      const header = file.headers[index] ?? '';
      const target = mapping[header];
      if (target === null || target === undefined) continue;
      const value = cells[index] ?? '';
      const column = { index, header, label: null };
      if (row.problems.some((problem) => problem.column === header)) continue;
      row.problem(
        tables[index] ?? 'people',
        column,
        value,
        `${quoted(value)} looks like a formula. It is kept as plain text.`,
      );
    }
    const { people, organizations, property } = draft;
    const raw = row.problems.length > 0 ? cells : null;
    return { line, people, organizations, property, problems: row.problems, failed: null, raw };
  }
}

function failure(line: number, cells: string[], reason: string): ImportRecord {
  return { line, people: [], organizations: [], property: null, problems: [], failed: reason, raw: cells };
}
