'use client';

import { CircleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError, api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import type { TargetField } from '@/modules/imports/presets/fields';
import type { ImportSummary } from '@/modules/imports/queries';
import type { ImportMapping } from '@/modules/imports/schema';
import type { Mappable } from '@/modules/imports/service';
import type { StoredInspection } from '@/modules/imports/template';
import type { PresetChoice } from './import-page';
import { MappingRow } from './mapping-row';

type Failure = { message: string; fields: Record<string, string>; requestId: string | null };

/** The fields in their groups, as the choices of a column. */
function grouped(fields: readonly TargetField[]): { group: string; fields: TargetField[] }[] {
  const groups = new Map<string, TargetField[]>();
  for (const field of fields) groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  return [...groups].map(([group, members]) => ({ group, fields: members }));
}

/** Two columns on a field that takes one. */
function clashes(mapping: ImportMapping, fields: readonly TargetField[]): Record<string, string> {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const first = new Map<string, string>();
  const found: Record<string, string> = {};
  for (const [column, target] of Object.entries(mapping)) {
    const field = target === null ? undefined : byKey.get(target);
    if (!field || field.multiple) continue;
    const other = first.get(field.key);
    if (other === undefined) first.set(field.key, column);
    else found[column] = `“${field.label}” already comes from “${other}”. Choose one of the two.`;
  }
  return found;
}

/**
 * Which column feeds which field, with the column's first values beside it. Kept for the next list with these columns.
 * @param initial what was suggested, or how the workspace mapped these columns before
 */
export function MappingForm({
  now,
  inspection,
  initial,
  presets,
  onBegun,
}: {
  now: ImportSummary;
  inspection: StoredInspection;
  initial: Mappable;
  presets: PresetChoice[];
  onBegun: () => void;
}) {
  const [mappable, setMappable] = useState(initial);
  const [mapping, setMapping] = useState<ImportMapping>(initial.mapping);
  const [busy, setBusy] = useState<'preset' | 'preview' | 'run' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const groups = useMemo(() => grouped(mappable.fields), [mappable.fields]);
  const clash = useMemo(() => clashes(mapping, mappable.fields), [mapping, mappable.fields]);

  const detailKeys = new Set(mappable.fields.filter(({ type }) => type === 'details').map(({ key }) => key));
  const targets = inspection.headers.map((header) => mapping[header] ?? null);
  const kept = targets.filter((target) => target !== null && detailKeys.has(target)).length;
  const left = targets.filter((target) => target === null).length;

  async function attempt(what: 'preset' | 'preview' | 'run', act: () => Promise<void>) {
    setBusy(what);
    setFailure(null);
    try {
      await act();
    } catch (cause) {
      setFailure(
        cause instanceof ApiError
          ? cause
          : { message: 'It did not work. Try again.', fields: {}, requestId: null },
      );
      setBusy(null);
    }
  }

  const choosePreset = (preset: string) =>
    attempt('preset', async () => {
      const suggested = await api<Mappable>('POST', `/api/imports/${now.id}/inspect`, { preset });
      setMappable(suggested);
      setMapping(suggested.mapping);
      setBusy(null);
    });

  const begin = (phase: 'preview' | 'run') =>
    attempt(phase, async () => {
      await api('PUT', `/api/imports/${now.id}/mapping`, { preset: mappable.preset, mapping });
      await api('POST', `/api/imports/${now.id}/${phase}`);
      onBegun();
    });

  const problem = failure ? (failure.fields.mapping ?? failure.message) : null;
  const canBegin = Object.keys(clash).length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canBegin && !busy) void begin('preview');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
    >
      {now.status === 'failed' && now.error ? <Notice>{now.error}</Notice> : null}
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-[18rem_minmax(0,1fr)]">
        <div>
          <Label htmlFor="preset">Kind of list</Label>
          <NativeSelect
            id="preset"
            className="mt-1.5"
            value={mappable.preset}
            disabled={busy !== null}
            onChange={(event) => void choosePreset(event.target.value)}
          >
            {presets.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </NativeSelect>
          <p className="mt-1.5 text-muted-foreground text-sm">
            {presets.find(({ id }) => id === mappable.preset)?.description}
          </p>
        </div>
        <div className="text-sm">
          <p>
            {formatCount(inspection.headers.length, 'column')}: {inspection.headers.length - kept - left} go
            to fields, {kept} kept as details, {left} left out.
            {mappable.isTemplate ? ' Mapped as the last time a list with these columns came in.' : null}
          </p>
          <p className="mt-1 text-muted-foreground">
            {encodingName(inspection.encoding)}, separated by {delimiterName(inspection.delimiter)}, names on
            line {inspection.headerLine}.
          </p>
          {inspection.warnings.map((warning) => (
            <p key={warning.message} className="mt-1 flex gap-1.5 text-warning-text">
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {warning.message}
            </p>
          ))}
        </div>
      </div>

      <section aria-label="Columns" className="mt-6 rounded-lg border">
        <div
          aria-hidden
          className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_16rem_8.5rem] gap-4 border-b bg-muted px-4 py-2 font-medium text-muted-foreground text-xs max-md:hidden"
        >
          <span>Column in the file</span>
          <span>First values</span>
          <span>Goes to</span>
          <span>Why</span>
        </div>
        <ul className="divide-y">
          {mappable.suggestions.map((suggestion, index) => (
            <MappingRow
              key={suggestion.column}
              index={index}
              suggestion={suggestion}
              target={mapping[suggestion.column] ?? null}
              suggested={mappable.mapping[suggestion.column] ?? null}
              isTemplate={mappable.isTemplate}
              groups={groups}
              detailKeys={detailKeys}
              error={clash[suggestion.column] ?? failure?.fields[`mapping.${suggestion.column}`]}
              onChange={(target) => setMapping((before) => ({ ...before, [suggestion.column]: target }))}
            />
          ))}
        </ul>
      </section>

      <div className="sticky bottom-0 mt-4 flex flex-wrap items-center gap-3 border-t bg-background py-3">
        <div className="min-w-0 flex-1 text-sm">
          {problem ? (
            <p role="alert" className="text-destructive-text">
              {problem}
              {failure?.requestId ? (
                <span className="ml-2 text-muted-foreground text-xs">Request {failure.requestId}</span>
              ) : null}
            </p>
          ) : (
            <p className="text-muted-foreground max-md:hidden">
              Checking writes nothing. It says what would be created, updated and linked, row by row.
            </p>
          )}
        </div>
        <Button
          variant="outline"
          loading={busy === 'run'}
          disabled={busy !== null || !canBegin}
          onClick={() => void begin('run')}
        >
          Import without checking
        </Button>
        <Button type="submit" loading={busy === 'preview'} disabled={busy !== null || !canBegin}>
          Check the list
        </Button>
      </div>
    </form>
  );
}

const delimiterName = (delimiter: string) =>
  ({ ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' })[delimiter] ?? `“${delimiter}”`;

const encodingName = (encoding: string) => encoding.replace(/^utf/i, 'UTF').replace(/^windows/i, 'Windows');

/** What went wrong before, above what can be done about it. */
function Notice({ children }: { children: string }) {
  return (
    <p
      role="alert"
      className="mb-6 flex gap-2 rounded-lg border bg-destructive-soft px-4 py-3 text-destructive-text text-sm"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  );
}
