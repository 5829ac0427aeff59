import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** Props of {@link Checkbox}. */
export type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'onChange'> & {
  /** Drawn as a dash: some, not all, are chosen. */
  indeterminate?: boolean;
  /** Called with the new state. */
  onCheckedChange?: (checked: boolean) => void;
  /** The native change event, for forms that register fields. */
  onChange?: ComponentProps<'input'>['onChange'];
};

/** A native checkbox in the product's look: no script of its own, so thousands may stand in a table. */
export function Checkbox({
  className,
  indeterminate,
  onCheckedChange,
  onChange,
  ref,
  ...props
}: CheckboxProps) {
  return (
    <input
      data-slot="checkbox"
      type="checkbox"
      ref={(node) => {
        if (node) node.indeterminate = indeterminate ?? false;
        if (typeof ref === 'function') return ref(node);
        if (ref) ref.current = node;
      }}
      onChange={(event) => {
        onChange?.(event);
        onCheckedChange?.(event.target.checked);
      }}
      className={cn(
        'size-4 shrink-0 cursor-pointer appearance-none rounded-sm border border-control bg-card bg-center bg-no-repeat transition-colors duration-120',
        'checked:border-primary checked:bg-primary indeterminate:border-primary indeterminate:bg-primary',
        'checked:bg-[image:var(--glyph-check)] indeterminate:bg-[image:var(--glyph-dash)] disabled:cursor-not-allowed disabled:opacity-50',
        'focus-visible:outline-2 focus-visible:outline-ring focus-visible:outline-offset-2',
        className,
      )}
      {...props}
    />
  );
}
