import { NavLink } from '@/components/nav-link';
import { formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import { type EmailFigure, emailFigureWords, type OutboxState, outboxHref } from '../domain';

/**
 * A count that opens the mails it counts; nothing counted is a quiet zero.
 * @param state what it is narrowed to besides the figure
 * @param of what the count is of, read out with it: "First mail"
 */
export function FigureLink({
  figure,
  count,
  state,
  of,
  className,
}: {
  figure: EmailFigure;
  count: number;
  state: Partial<OutboxState>;
  of?: string;
  className?: string;
}) {
  if (count === 0) return <span className={cn('text-muted-foreground', className)}>0</span>;
  const { label } = emailFigureWords[figure];
  return (
    <NavLink
      href={outboxHref({ ...state, figure })}
      aria-label={`${formatNumber(count)} ${label.toLowerCase()}${of ? `, ${of}` : ''}. Open the mails`}
      className={cn('rounded-sm underline-offset-2 hover:underline', className)}
    >
      {formatNumber(count)}
    </NavLink>
  );
}
