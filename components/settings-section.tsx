import { type ReactNode, useId } from 'react';
import { cn } from '@/lib/utils';

/**
 * One matter of a settings page: what it is about, then its form or list.
 * @param danger acts that can't be taken back
 */
export function SettingsSection({
  title,
  description,
  action,
  danger = false,
  wide = false,
  children,
}: {
  title: string;
  description?: ReactNode;
  action?: ReactNode;
  danger?: boolean;
  wide?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn('not-first:mt-10', wide ? 'max-w-4xl' : 'max-w-xl')}>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-56">
          <h2 id={id} className={cn('font-semibold text-lg', danger && 'text-destructive-text')}>
            {title}
          </h2>
          {description ? <p className="text-muted-foreground text-sm">{description}</p> : null}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
