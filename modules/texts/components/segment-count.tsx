import { formatNumber } from '@/lib/format';
import type { useSegments } from './use-segments';

/** How many segments a text takes, and what makes it take more than it need. */
export function SegmentCount({ counted }: { counted: ReturnType<typeof useSegments> }) {
  if (!counted) return null;
  const { encoding, nonGsm, words } = counted;
  return (
    <p className="text-muted-foreground text-xs tabular-nums" aria-live="off">
      {words}
      {encoding === 'UCS-2' && nonGsm.length > 0 ? (
        <span
          title={`Segments hold ${formatNumber(70)} characters instead of ${formatNumber(160)} where a text has letters that phones’ own alphabet (GSM-7) lacks.`}
        >
          {`, shorter for ${nonGsm.slice(0, 3).join(' ')}`}
        </span>
      ) : null}
    </p>
  );
}
