import { createHash } from 'node:crypto';
import { cutText } from '@/lib/cut-text';
import type { Client } from '@/lib/supabase/server';
import type { Inspection } from '@/modules/imports/records';
import {
  type ImportMapping,
  type ImportPreset,
  importMappingSchema,
  importPresetSchema,
} from '@/modules/imports/schema';

/** What was told of a file's beginning, as it is kept: the fields of a preset are code and are not stored with it. */
export type StoredInspection = Omit<Inspection, 'fields'> & {
  /** The columns were mapped as the workspace had mapped them before. */
  isTemplate?: boolean;
};

const SAMPLE_CHARS = 200;
const SAMPLE_BUDGET_CHARS = 200_000;

/**
 * By which the same columns are found again, in whatever order: SHA-256 of the sorted headers, in hex.
 * @param headers the columns as `inspectFile` names them
 */
export function headersKey(headers: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([...headers].sort()))
    .digest('hex');
}

/**
 * An inspection small enough to keep in its import's row: cells are cut to 200 characters, and wide files keep fewer rows.
 * @param inspection as `inspectFile` gives it
 */
export function storable(inspection: Inspection): StoredInspection {
  const { fields: _, ...kept } = inspection;
  let budget = SAMPLE_BUDGET_CHARS;
  const samples: Inspection['samples'] = [];
  for (const { line, cells, error } of inspection.samples) {
    const short = cells.map((cell) =>
      cutText(cell.replaceAll('\u0000', '').replaceAll(/\p{Surrogate}/gu, ''), SAMPLE_CHARS),
    );
    budget -= short.reduce((sum, cell) => sum + cell.length + 4, 0);
    if (budget < 0 && samples.length > 0) break;
    samples.push({ line, cells: short, error });
  }
  return { ...kept, samples };
}

/**
 * How the workspace mapped these columns before.
 * @param headers the file's columns
 * @returns the kind of list and the mapping, or null where there is none
 */
export async function findTemplate(
  supabase: Client,
  workspaceId: string,
  headers: readonly string[],
): Promise<{ preset: ImportPreset; mapping: ImportMapping } | null> {
  const { data, error } = await supabase
    .from('import_templates')
    .select('preset, mapping')
    .eq('workspace_id', workspaceId)
    .eq('headers_key', headersKey(headers))
    .maybeSingle();
  if (error) throw error;
  const preset = importPresetSchema.safeParse(data?.preset);
  const mapping = importMappingSchema.safeParse(data?.mapping);
  return preset.success && mapping.success ? { preset: preset.data, mapping: mapping.data } : null;
}
