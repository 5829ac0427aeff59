import { NavLink } from '@/components/nav-link';
import { formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import { type CallFigure, callFigureWords, type HistoryState, historyHref, talkTime } from '../history';

/**
 * A figure that opens the calls it counts; nothing counted is a quiet zero.
 * @param state what it is narrowed to besides the figure
 * @param of whose or which it is, read out with it: "Dana Whitfield"
 * @param label what is counted, where it isn't the figure's own name
 */
export function CallFigureLink({
  figure,
  value,
  state,
  of,
  label = callFigureWords[figure].label,
  className,
}: {
  figure: CallFigure;
  value: number;
  state: Partial<HistoryState>;
  of: string;
  label?: string;
  className?: string;
}) {
  const words = figure === 'talk' ? talkTime(value) : formatNumber(value);
  if (value === 0) return <span className={cn('text-muted-foreground', className)}>0</span>;
  return (
    <NavLink
      href={historyHref({ ...state, figure })}
      aria-label={`${words} ${label.toLowerCase()}, ${of}. Open the calls`}
      className={cn('rounded-sm underline-offset-4 hover:underline', className)}
    >
      {words}
    </NavLink>
  );
}
