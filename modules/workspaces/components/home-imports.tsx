'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge, type StatusGlyph, type StatusTone } from '@/components/status-badge';
import { Progress } from '@/components/ui/progress';
import { formatCount, formatNumber } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import type { HomeImport } from '../types';

const states: Record<string, { label: string; glyph: StatusGlyph; tone: StatusTone }> = {
  uploaded: { label: 'To be mapped', glyph: 'empty', tone: 'warning' },
  previewing: { label: 'Checking', glyph: 'half', tone: 'info' },
  previewed: { label: 'Ready to run', glyph: 'empty', tone: 'warning' },
  running: { label: 'Running', glyph: 'half', tone: 'info' },
  done: { label: 'Done', glyph: 'check', tone: 'positive' },
  failed: { label: 'Failed', glyph: 'cross', tone: 'danger' },
  undoing: { label: 'Undoing', glyph: 'half', tone: 'info' },
  undone: { label: 'Undone', glyph: 'ban', tone: 'neutral' },
  cancelled: { label: 'Cancelled', glyph: 'ban', tone: 'neutral' },
};
const atWork = new Set(['previewing', 'running', 'undoing']);

/** The last imports, with the progress of those under way. */
export function HomeImports({ imports }: { imports: readonly HomeImport[] }) {
  if (imports.length === 0) {
    return (
      <p className="rounded-lg border border-dashed px-3 py-4 text-muted-foreground text-sm">
        No list was imported yet.{' '}
        <Link href="/imports" className="text-primary-text underline underline-offset-2">
          Import one
        </Link>
      </p>
    );
  }
  return (
    <>
      {imports.some(({ status }) => atWork.has(status)) ? <KeepFresh /> : null}
      <ul className="divide-y rounded-lg border bg-card">
        {imports.map((each) => (
          <ImportLine key={each.id} item={each} />
        ))}
      </ul>
    </>
  );
}

/** Only while something runs does the page ask for news. */
function KeepFresh() {
  const router = useRouter();
  useLive('imports', () => router.refresh());
  return null;
}

function ImportLine({ item }: { item: HomeImport }) {
  const state = states[item.status] ?? { label: item.status, glyph: 'empty', tone: 'neutral' };
  const isAtWork = atWork.has(item.status);
  return (
    <li>
      <Link
        href={`/imports/${item.id}`}
        className="focus-inset grid gap-1 px-3 py-2 transition-colors duration-120 hover:bg-accent"
      >
        <span className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate text-sm">{item.file_name}</span>
          <StatusBadge {...state} />
        </span>
        {isAtWork && item.total_rows ? (
          <Progress
            label={`Progress of ${item.file_name}`}
            value={Math.min(100, (100 * item.processed_rows) / item.total_rows)}
          />
        ) : null}
        <span className="flex gap-1 text-muted-foreground text-xs">
          {isAtWork && item.total_rows
            ? `${formatNumber(item.processed_rows)} of ${formatCount(item.total_rows, 'row')}`
            : item.total_rows === null
              ? null
              : formatCount(item.total_rows, 'row')}
          {item.total_rows === null ? null : <span aria-hidden>·</span>}
          {item.created_by ? (
            <>
              <span className="truncate">{item.created_by}</span>
              <span aria-hidden>·</span>
            </>
          ) : null}
          <RelativeTime at={item.created_at} className="shrink-0" />
        </span>
      </Link>
    </li>
  );
}
