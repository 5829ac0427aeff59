'use client';

import { CircleAlert, Download, Undo2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { RelativeTime } from '@/components/relative-time';
import { Button } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import type { Duplicate, ImportDetail, ImportSummary } from '@/modules/imports/queries';
import type { KeptRecord } from '@/modules/imports/schema';
import type { Mappable } from '@/modules/imports/service';
import { CountsTable } from './counts-table';
import type { PresetChoice } from './import-page';
import { ImportRows } from './import-rows';
import { countsLine, tableLabels } from './labels';

const MappingForm = dynamic(() => import('./mapping-form').then((module) => module.MappingForm));

/** Where a record's page is, by the kind that an import speaks of. */
const pageOf: Record<string, string> = {
  people: '/people',
  organizations: '/organizations',
  properties: '/properties',
};

/** What a check found or an import did, row by row, and what can be done about it. */
export function ImportResults({
  now,
  detail,
  duplicates,
  mappable,
  presets,
  onChanged,
}: {
  now: ImportSummary;
  detail: ImportDetail;
  duplicates: Duplicate[];
  mappable: Mappable | null;
  presets: PresetChoice[];
  onChanged: () => void;
}) {
  const [isMapping, setIsMapping] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [confirming, setConfirming] = useState(false);
  const isPromise = now.status === 'previewed';
  const isUndone = now.status === 'undone';
  const isBroken = now.status === 'failed' || now.status === 'cancelled';
  const rows = now.counts.rows ?? {};
  const goOn = now.phase === 'undo' ? 'undo' : 'run';

  async function begin(phase: 'run' | 'undo') {
    await api('POST', `/api/imports/${now.id}/${phase}`);
    onChanged();
  }

  async function run(phase: 'run' | 'undo') {
    setBusy(true);
    setError(null);
    try {
      await begin(phase);
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'It did not work. Try again.');
      setBusy(false);
    }
  }

  if (isMapping && mappable && detail.inspection) {
    return (
      <MappingForm
        now={now}
        inspection={detail.inspection}
        initial={mappable}
        presets={presets}
        onBegun={onChanged}
      />
    );
  }
  const changes = countsLine(now.counts);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div className="max-w-2xl">
          <h2 className="font-semibold text-lg">{headline(now)}</h2>
          <p className="mt-1 text-muted-foreground text-sm">
            {isPromise ? (
              'Nothing has been written. Look through the rows, then import, or go back to the columns.'
            ) : isUndone && now.undoneAt ? (
              <>
                What this import created is gone and what it changed is put back,{' '}
                <RelativeTime at={now.undoneAt} />.
                {detail.kept.length > 0
                  ? ` ${formatCount(detail.kept.length, 'record')} stayed as they are; they are named below.`
                  : ' Nothing was left behind.'}
              </>
            ) : isBroken ? (
              'What was imported so far stands. Go on, or undo it.'
            ) : (
              changes
            )}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {rows.failed ? (
            <Button asChild variant="outline">
              <a href={`/api/imports/${now.id}/rejected.csv`} download>
                <Download aria-hidden />
                {formatCount(rows.failed, 'rejected row')}
              </a>
            </Button>
          ) : null}
          {isPromise ? (
            <>
              <Button variant="outline" disabled={busy} onClick={() => setIsMapping(true)}>
                Change the columns
              </Button>
              <Button loading={busy} onClick={() => void run('run')}>
                Import {now.totalRows === null ? '' : formatCount(now.totalRows, 'row')}
              </Button>
            </>
          ) : null}
          {isBroken ? (
            <Button loading={busy} onClick={() => void run(goOn)}>
              {now.status === 'failed' ? 'Try again' : 'Go on'}
            </Button>
          ) : null}
          {now.status === 'done' ? <WhatCameIn counts={now.counts} /> : null}
          {now.hasWritten && !isUndone && goOn === 'run' ? (
            <Button variant="outline" disabled={busy} onClick={() => setConfirming(true)}>
              <Undo2 aria-hidden />
              Undo import
            </Button>
          ) : null}
        </div>
      </div>
      {now.error || error ? (
        <p
          role="alert"
          className="mt-4 flex gap-2 rounded-lg border bg-destructive-soft px-4 py-3 text-destructive-text text-sm"
        >
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error ?? now.error}
        </p>
      ) : null}
      <div className="mt-6">
        <CountsTable counts={now.counts} isPromise={isPromise} />
      </div>
      {detail.kept.length > 0 ? <Kept records={detail.kept} /> : null}
      {duplicates.length > 0 && !isUndone ? <Duplicates pairs={duplicates} /> : null}
      <ImportRows id={now.id} counts={rows} isPromise={isPromise} version={now.finishedAt ?? now.status} />
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Undo this import?"
        description={
          <>
            What it created is removed ({changes || 'nothing new'}), and what it changed is put back as it
            was. Records that somebody has edited, noted something on or used since are kept, and named here
            afterwards.
          </>
        }
        confirmLabel="Undo import"
        destructive
        onConfirm={() => begin('undo')}
      />
    </>
  );
}

/** The way on from a finished import: to the owners it brought, or else to whatever it did. */
function WhatCameIn({ counts }: { counts: ImportSummary['counts'] }) {
  const table = (['owners', 'properties', 'people', 'organizations'] as const).find((each) =>
    (['created', 'updated', 'linked', 'skipped'] as const).some(
      (result) => (counts[result]?.[each] ?? 0) > 0,
    ),
  );
  if (!table) return null;
  return (
    <Button asChild>
      <Link href={`/${table}`}>See the {tableLabels[table].toLowerCase()}</Link>
    </Button>
  );
}

function headline({ status, phase, processedRows, totalRows, counts }: ImportSummary): string {
  const rows = formatCount(processedRows, 'row');
  if (status === 'previewed') return `${rows} checked`;
  if (status === 'undone') return 'This import was undone';
  const refused = counts.rows?.failed ?? 0;
  if (status === 'done' && refused > 0) {
    return `${formatNumber(processedRows - refused)} of ${rows} imported, ${formatNumber(refused)} refused`;
  }
  if (status === 'done') return `${rows} imported`;
  if (phase === 'undo') return 'The undo stopped half-way';
  return `Stopped after ${totalRows === null ? rows : `${rows} of ${formatNumber(totalRows)}`}`;
}

function Kept({ records }: { records: KeptRecord[] }) {
  return (
    <section aria-labelledby="kept-title" className="mt-8">
      <h3 id="kept-title" className="font-medium">
        Kept by the undo
      </h3>
      <ul className="mt-2 divide-y rounded-lg border text-sm">
        {records.map(({ kind, id, name, reason }) => (
          <li key={`${kind} ${id}`} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2">
            <RecordLink kind={kind} id={id} name={name} />
            <span className="text-muted-foreground">{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Duplicates({ pairs }: { pairs: Duplicate[] }) {
  return (
    <section aria-labelledby="alike-title" className="mt-8">
      <h3 id="alike-title" className="font-medium">
        {formatCount(pairs.length, 'pair')} of people who could be one person
      </h3>
      <ul className="mt-2 divide-y rounded-lg border text-sm">
        {pairs.map(({ id, reason, person, other }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2">
            <span>
              <RecordLink kind="people" {...person} /> and <RecordLink kind="people" {...other} />
            </span>
            <span className="text-muted-foreground">{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecordLink({ kind, id, name }: { kind: string; id: string; name: string }) {
  const page = pageOf[kind];
  if (!page) return <span className="font-medium">{name}</span>;
  return (
    <Link href={`${page}/${id}`} className="font-medium hover:underline">
      {name || 'Without a name'}
    </Link>
  );
}
