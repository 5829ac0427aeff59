import type { StatusGlyph, StatusTone } from '@/components/status-badge';
import { formatCount, formatNumber } from '@/lib/format';
import type { ImportSummary } from '@/modules/imports/queries';
import type { ImportCounts, ImportResult, ImportStatus, ImportTable } from '@/modules/imports/schema';

type Look = { label: string; glyph: StatusGlyph; tone: StatusTone };

/** How each status reads in a list. */
export const statusLooks: Record<ImportStatus, Look> = {
  uploaded: { label: 'Columns to map', glyph: 'empty', tone: 'neutral' },
  previewing: { label: 'Checking', glyph: 'half', tone: 'info' },
  previewed: { label: 'Checked', glyph: 'half', tone: 'neutral' },
  running: { label: 'Importing', glyph: 'half', tone: 'info' },
  done: { label: 'Imported', glyph: 'check', tone: 'positive' },
  failed: { label: 'Failed', glyph: 'cross', tone: 'danger' },
  undoing: { label: 'Undoing', glyph: 'half', tone: 'info' },
  undone: { label: 'Undone', glyph: 'ban', tone: 'neutral' },
  cancelled: { label: 'Stopped', glyph: 'ban', tone: 'neutral' },
};

/** How each result of a row reads. */
export const resultLooks: Record<ImportResult, Look> = {
  created: { label: 'Created', glyph: 'full', tone: 'positive' },
  updated: { label: 'Updated', glyph: 'half', tone: 'info' },
  linked: { label: 'Linked', glyph: 'check', tone: 'info' },
  skipped: { label: 'Skipped', glyph: 'empty', tone: 'neutral' },
  failed: { label: 'Failed', glyph: 'cross', tone: 'danger' },
};

/** What each result means, for the heads of the table of counts. */
export const resultMeanings: Record<ImportResult, string> = {
  created: 'Not here before',
  updated: 'Here before, with something new in the file',
  linked: 'Here before and unchanged, newly connected to another record',
  skipped: 'Here before, nothing new in the file',
  failed: 'Refused or left out; the rows say why',
};

/** The tables in the order in which people think of them. */
export const tableLabels: Record<ImportTable, string> = {
  properties: 'Properties',
  people: 'People',
  organizations: 'Organizations',
  owners: 'Owners',
  phones: 'Phones',
  emails: 'E-mails',
  linkedin_profiles: 'LinkedIn profiles',
};

const singular: Partial<Record<ImportTable, [one: string, many: string]>> = {
  properties: ['property', 'properties'],
  people: ['person', 'people'],
  organizations: ['organization', 'organizations'],
};

/** Whether something is being done in the background. */
export const isAtWork = (status: ImportStatus) =>
  status === 'previewing' || status === 'running' || status === 'undoing';

/**
 * What an import did, in one short line: "569 people, 228 organizations created".
 * @param counts as the import carries them
 */
export function countsLine(counts: ImportCounts): string {
  const parts = Object.entries(singular).flatMap(([table, [one, many]]) => {
    const count = counts.created?.[table as ImportTable] ?? 0;
    return count > 0 ? [formatCount(count, one, many)] : [];
  });
  if (parts.length > 0) return `${parts.join(', ')} created`;
  const rows = counts.rows;
  if (!rows) return '';
  if (rows.updated) return `${formatCount(rows.updated, 'row')} updated`;
  if (rows.failed && !rows.skipped) return `${formatCount(rows.failed, 'row')} refused`;
  return 'Nothing new';
}

/**
 * Where an import leads next, for the line under its name in the list.
 * @param row the import
 */
export function progressLine(row: ImportSummary): string {
  if (isAtWork(row.status) && row.totalRows) {
    return row.status === 'undoing'
      ? 'Putting things back'
      : `${formatNumber(row.processedRows)} of ${formatCount(row.totalRows, 'row')}`;
  }
  if (row.status === 'done' || row.status === 'undone') return countsLine(row.counts);
  if (row.status === 'failed') return row.error ?? '';
  return '';
}
