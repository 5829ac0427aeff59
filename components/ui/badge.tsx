import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

const badgeVariants = cva(
  'inline-flex h-5 max-w-full shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs [&>svg]:size-3 [&>svg]:shrink-0',
  {
    variants: {
      variant: {
        neutral: 'bg-secondary text-secondary-foreground',
        outline: 'border text-muted-foreground',
        info: 'bg-info-soft text-info-text',
        warning: 'bg-warning-soft text-warning-text',
        danger: 'bg-destructive-soft text-destructive-text',
      },
    },
    defaultVariants: { variant: 'neutral' },
  },
);

/** A word with a ground: a tag, a role, a state. Colour only where it carries meaning. */
export function Badge({
  className,
  variant,
  children,
  ...props
}: ComponentProps<'span'> & VariantProps<typeof badgeVariants>) {
  return (
    <span data-slot="badge" className={cn(badgeVariants({ variant }), className)} {...props}>
      {children}
    </span>
  );
}
