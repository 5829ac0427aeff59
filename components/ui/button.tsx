import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Children, type ComponentProps, cloneElement, type ReactElement } from 'react';
import { cn } from '@/lib/utils';

/** Classes of a button, for links that should look like one. */
export const buttonVariants = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium text-sm transition-colors duration-120 ease-out disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55 [&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        default: 'bg-primary text-primary-foreground not-disabled:hover:bg-primary-hover',
        outline: 'border border-input bg-card text-foreground not-disabled:hover:bg-accent',
        secondary: 'bg-secondary text-secondary-foreground not-disabled:hover:bg-accent',
        ghost: 'text-foreground not-disabled:hover:bg-accent aria-expanded:bg-accent',
        destructive: 'bg-destructive text-destructive-foreground not-disabled:hover:bg-destructive-hover',
        link: 'h-auto! px-0! text-primary-text underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2 max-md:h-10 max-md:px-3',
        default: 'h-8 px-3 max-md:h-10',
        lg: 'h-10 px-4 text-base',
        icon: 'size-8 max-md:size-10',
        'icon-sm': 'size-7 max-md:size-10',
      },
    },
    defaultVariants: { variant: 'default', size: 'default' },
  },
);

/** Props of {@link Button}: those of a native button, and how it looks. */
export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & {
    /** Render the single child (a link) with the button's classes instead of a button. */
    asChild?: boolean;
    /** Shows a spinner, keeps the width and refuses presses while a write is under way. */
    loading?: boolean;
  };

/** A verb to press. One `default` (accent) button a page; the rest are `outline` or `ghost`. */
export function Button({
  className,
  variant,
  size,
  asChild = false,
  loading = false,
  type,
  disabled,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    const child = Children.only(children) as ReactElement<ComponentProps<'a'>>;
    return cloneElement(child, {
      ...(props as ComponentProps<'a'>),
      className: cn(classes, child.props.className),
    });
  }
  return (
    <button
      data-slot="button"
      type={type ?? 'button'}
      className={classes}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      {...props}
    >
      {loading ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
}
