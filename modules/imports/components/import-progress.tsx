'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import type { ImportSummary } from '@/modules/imports/queries';

type Sample = { at: number; done: number };

/** The rate is that of the last so many seconds: what was slow at first says nothing of what is left. */
const RATE_WINDOW_MS = 15_000;

const titles = {
  preview: 'Checking what this list would change',
  run: 'Importing',
  undo: 'Undoing this import',
} as const;

/** A duration as one says it: "about 20 s", "about 3 min". */
function spoken(seconds: number): string {
  if (seconds < 5) return 'a few seconds';
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} s`;
  return `about ${Math.ceil(seconds / 60)} min`;
}

/**
 * How far the work is, how fast it goes and how long it will take, measured and not guessed.
 * @param isLive events arrive by themselves; else the page asks each second
 * @param isUnreachable the last answer did not come
 */
export function ImportProgress({
  now,
  isLive,
  isUnreachable,
  onChanged,
}: {
  now: ImportSummary;
  isLive: boolean;
  isUnreachable: boolean;
  onChanged: () => void;
}) {
  const [stopping, setStopping] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const isUndo = now.status === 'undoing';
  const phase = isUndo ? 'undo' : now.status === 'running' ? 'run' : 'preview';
  const total = isUndo ? now.undoTotal : now.totalRows;
  const done = isUndo ? (now.undoTotal ?? 0) - (now.undoRemaining ?? 0) : now.processedRows;
  const rate = useRate(done);
  const left = total !== null && rate ? (total - done) / rate : null;
  const unit = isUndo ? 'record' : 'row';

  async function stop() {
    setStopping(true);
    setError(null);
    try {
      await api('POST', `/api/imports/${now.id}/cancel`);
      onChanged();
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'It could not be stopped. Try again.');
      setStopping(false);
    }
  }

  return (
    <section aria-labelledby="progress-title" className="max-w-xl py-4">
      <h2 id="progress-title" className="font-semibold text-lg">
        {titles[phase]}
      </h2>
      <Progress className="mt-4" value={total ? (done / total) * 100 : null} label={titles[phase]} />
      <div className="mt-2 flex flex-wrap justify-between gap-x-6 text-sm tabular-nums" aria-live="off">
        <span>
          {total === null ? 'Reading the file' : `${formatNumber(done)} of ${formatCount(total, unit)}`}
        </span>
        <span className="text-muted-foreground">
          {rate ? `${formatNumber(rate)} ${unit}s/s` : null}
          {left !== null && left > 0 ? ` · ${spoken(left)} left` : null}
        </span>
      </div>
      <p className="mt-4 text-muted-foreground text-sm">
        {isUndo
          ? 'You can leave this page; it goes on without you.'
          : phase === 'preview'
            ? 'Nothing is written by this. You can leave this page; it goes on without you.'
            : 'You can leave this page; it goes on without you. What was imported can be undone afterwards.'}
        {isUnreachable ? ' The server doesn’t answer at the moment; this page asks again.' : null}
        {isLive || isUnreachable ? null : ' Updated every second.'}
      </p>
      {isUndo ? null : (
        <div className="mt-4">
          <Button variant="outline" loading={stopping} onClick={() => void stop()}>
            {phase === 'preview' ? 'Back to the columns' : 'Stop importing'}
          </Button>
          {error ? (
            <p role="alert" className="mt-2 text-destructive-text text-sm">
              {error}
            </p>
          ) : null}
        </div>
      )}
    </section>
  );
}

/** Units a second over the last seconds, or null before two measurements differ. */
function useRate(done: number): number | null {
  const samples = useRef<Sample[]>([]);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    const at = performance.now();
    const last = samples.current.at(-1);
    if (last && done < last.done) samples.current = [];
    if (last?.done === done) return;
    samples.current.push({ at, done });
    while (samples.current.length > 2 && at - (samples.current[0]?.at ?? at) > RATE_WINDOW_MS)
      samples.current.shift();
    const first = samples.current[0];
    if (!first || first.at === at) return;
    setRate(((done - first.done) / (at - first.at)) * 1000);
  }, [done]);
  return rate;
}
