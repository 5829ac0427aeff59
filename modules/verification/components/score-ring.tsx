import { cn } from '@/lib/utils';

const radius = 9;
const around = 2 * Math.PI * radius;

/**
 * A score as a small ring with its number; blank where there is none.
 * @param isOver whether it reaches the threshold of the rule
 */
export function ScoreRing({
  score,
  isOver = false,
  size = 24,
}: {
  score: number | null;
  isOver?: boolean;
  size?: number;
}) {
  if (score === null) return null;
  const rounded = Math.round(score);
  return (
    <span
      role="img"
      aria-label={`Score ${rounded}`}
      className="relative inline-flex shrink-0 items-center justify-center"
      style={{ width: size, height: size }}
    >
      <svg
        aria-hidden
        viewBox="0 0 24 24"
        fill="none"
        strokeWidth="2"
        className="-rotate-90 absolute inset-0 size-full"
      >
        <circle cx="12" cy="12" r={radius} className="stroke-border" />
        <circle
          cx="12"
          cy="12"
          r={radius}
          strokeLinecap="round"
          strokeDasharray={`${(score / 100) * around} ${around}`}
          className={cn(isOver ? 'stroke-primary' : 'stroke-control')}
        />
      </svg>
      <span aria-hidden className={cn('font-medium tabular-nums', size > 30 ? 'text-sm' : 'text-[9px]')}>
        {rounded}
      </span>
    </span>
  );
}
