'use client';

import { useState } from 'react';
import { FileDrop } from '@/components/file-drop';
import { FormNotice } from '@/components/form-notice';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { ScrollArea } from '@/components/ui/scroll-area';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { maxListBytes } from '../domain';
import type { ImportedList } from '../schema';

const shownLines = 100;

type State =
  | { step: 'choose'; problem: string | null }
  | { step: 'column'; file: File; columns: string[] }
  | { step: 'reading'; file: File }
  | { step: 'done'; list: ImportedList };

/** Takes a file of numbers and shows what became of each line. @param onDone once numbers may have been added */
export function ImportDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const [state, setState] = useState<State>({ step: 'choose', problem: null });
  const [reason, setReason] = useState('');
  const [column, setColumn] = useState('');

  async function send(file: File, chosen?: string): Promise<void> {
    setState({ step: 'reading', file });
    const asked = new URLSearchParams({
      ...(reason.trim() && { reason: reason.trim() }),
      ...(chosen && { column: chosen }),
    });
    try {
      const list = await api<ImportedList>('POST', `/api/do-not-call/import?${asked}`, file);
      setState({ step: 'done', list });
      onDone();
    } catch (error) {
      const known = error instanceof ApiError ? error : null;
      const { columns } = (known?.current ?? {}) as { columns?: string[] };
      if (columns) {
        setColumn(columns[0] ?? '');
        setState({ step: 'column', file, columns });
      } else {
        setState({
          step: 'choose',
          problem: known?.message ?? 'The file could not be sent. Nothing was lost; try again.',
        });
      }
    }
  }

  const isReading = state.step === 'reading';
  return (
    <Dialog open onOpenChange={(open) => !open && !isReading && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Import a do-not-call list</DialogTitle>
          <DialogDescription>
            A CSV file with a column of numbers; a column “Reason” is kept with them. Numbers are only ever
            added: what is on the list stays as it is.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="grid content-start gap-4 pt-1">
          {state.step === 'done' ? (
            <Results list={state.list} />
          ) : state.step === 'column' ? (
            <Field label="Which column holds the numbers?" help={state.file.name}>
              {(control) => (
                <NativeSelect {...control} value={column} onChange={(event) => setColumn(event.target.value)}>
                  {state.columns.map((name) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </Field>
          ) : (
            <>
              <Field label="Why" optional help="For lines without a reason of their own.">
                {(control) => (
                  <Input
                    {...control}
                    value={reason}
                    maxLength={500}
                    disabled={isReading}
                    placeholder="National registry, November"
                    onChange={(event) => setReason(event.target.value)}
                  />
                )}
              </Field>
              <FileDrop
                label={isReading ? `Reading ${state.file.name}` : 'Drop a CSV file, or press to choose one'}
                help={isReading ? 'Its numbers are added while it is read.' : 'Up to 200,000 lines'}
                accept=".csv,.txt,text/csv,text/plain"
                maxBytes={maxListBytes}
                disabled={isReading}
                error={state.step === 'choose' ? state.problem : null}
                onFile={(file) => void send(file)}
              />
            </>
          )}
        </DialogBody>
        <DialogFooter>
          {state.step === 'done' ? (
            <Button onClick={onClose}>Done</Button>
          ) : (
            <>
              <Button variant="outline" disabled={isReading} onClick={onClose}>
                Cancel
              </Button>
              {state.step === 'column' ? (
                <Button onClick={() => void send(state.file, column)}>Import this column</Button>
              ) : null}
            </>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

const words = { added: 'Added', already: 'On the list already', invalid: 'Not a number' } as const;

function Results({ list }: { list: ImportedList }) {
  const { added, already, invalid } = list.counts;
  // what somebody may want to put right comes first
  const lines = [...list.lines].sort(
    (a, b) => Number(b.result === 'invalid') - Number(a.result === 'invalid'),
  );
  const rest = lines.length - shownLines;
  return (
    <>
      <FormNotice>
        {formatCount(added, 'number')} added, {formatNumber(already)} on the list already,{' '}
        {formatCount(invalid, 'line')} without a number, from the column “{list.column}”.
      </FormNotice>
      {list.stopped ? <FormNotice tone="problem">The rest was not read: {list.stopped}</FormNotice> : null}
      <ScrollArea label="Lines of the file" className="max-h-72 rounded-md border">
        <table className="w-full text-sm">
          <thead className="sticky top-0 bg-card text-left text-muted-foreground text-xs">
            <tr>
              <th className="px-3 py-1.5 font-normal">Line</th>
              <th className="px-3 py-1.5 font-normal">Number</th>
              <th className="px-3 py-1.5 font-normal">Result</th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {lines.slice(0, shownLines).map(({ line, text, result, reason }) => (
              <tr key={line}>
                <td className="px-3 py-1.5 text-muted-foreground tabular-nums">{formatNumber(line)}</td>
                <td className="max-w-40 truncate px-3 py-1.5 tabular-nums">{text}</td>
                <td className="px-3 py-1.5">{reason ?? words[result]}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rest > 0 ? (
          <p className="px-3 py-2 text-muted-foreground text-xs">and {formatCount(rest, 'line')} more</p>
        ) : null}
      </ScrollArea>
    </>
  );
}
