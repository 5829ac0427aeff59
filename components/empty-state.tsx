import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/utils';

/**
 * A page or list with nothing on it yet.
 * @param title what is not here
 * @param description one sentence on what this page is for
 * @param action the first step, as a Button
 * @param secondary a second way: import, sample data, clear the filters
 */
export function EmptyState({
  icon: Icon,
  title,
  description,
  action,
  secondary,
  headingLevel = 2,
  className,
}: {
  icon?: LucideIcon;
  title: string;
  description?: ReactNode;
  action?: ReactNode;
  secondary?: ReactNode;
  headingLevel?: 1 | 2 | 3;
  className?: string;
}) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div className={cn('mx-auto flex max-w-xl flex-col items-center px-6 py-16 text-center', className)}>
      {Icon ? <Icon aria-hidden strokeWidth={1.5} className="mb-3 size-7 text-muted-foreground" /> : null}
      <Heading className="font-semibold text-lg">{title}</Heading>
      {description ? <p className="mt-1 max-w-sm text-balance text-muted-foreground">{description}</p> : null}
      {action || secondary ? (
        <div className="mt-4 flex flex-wrap items-center justify-center gap-2">
          {action}
          {secondary}
        </div>
      ) : null}
    </div>
  );
}
