'use client';

import { CircleAlert } from 'lucide-react';
import { type ComponentProps, createContext, type ReactNode, use, useId } from 'react';
import { cn } from '@/lib/utils';
import { Label } from './label';

type FieldIds = { id: string; helpId: string; errorId: string; invalid: boolean; hasHelp: boolean };

const FieldContext = createContext<FieldIds | null>(null);

/**
 * What a control inside a Field must carry so that label, help and error are announced with it.
 * Spread it on the control: `<Input {...useFieldControl()} {...register('email')} />`.
 * @returns id, aria-invalid and aria-describedby; empty outside a Field
 */
export function useFieldControl(): {
  id?: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
} {
  const field = use(FieldContext);
  if (!field) return {};
  const describedBy = [field.invalid && field.errorId, field.hasHelp && field.helpId]
    .filter(Boolean)
    .join(' ');
  return {
    id: field.id,
    'aria-invalid': field.invalid || undefined,
    'aria-describedby': describedBy || undefined,
  };
}

/**
 * A label above, the control, help below and the error in its place.
 * @param label words above the control
 * @param error the sentence to show, as react-hook-form's `errors.x?.message`; nothing when valid
 * @param help one line under the control
 * @param children the control, or a function that gets the props to spread on it
 */
export function Field({
  label,
  error,
  help,
  optional = false,
  className,
  children,
  id: givenId,
}: {
  label: ReactNode;
  error?: string;
  help?: ReactNode;
  optional?: boolean;
  className?: string;
  id?: string;
  children: ReactNode | ((control: ReturnType<typeof useFieldControl>) => ReactNode);
}) {
  const autoId = useId();
  const id = givenId ?? autoId;
  const ids: FieldIds = {
    id,
    helpId: `${id}-help`,
    errorId: `${id}-error`,
    invalid: Boolean(error),
    hasHelp: Boolean(help),
  };
  return (
    <FieldContext value={ids}>
      <div data-slot="field" className={cn('grid content-start gap-1.5', className)}>
        <FieldLabel optional={optional}>{label}</FieldLabel>
        {typeof children === 'function' ? <FieldSlot>{children}</FieldSlot> : children}
        {help ? (
          <p id={ids.helpId} className="text-muted-foreground text-xs">
            {help}
          </p>
        ) : null}
        <FieldError>{error}</FieldError>
      </div>
    </FieldContext>
  );
}

/** The label of the Field around it. */
export function FieldLabel({
  optional,
  children,
  ...props
}: ComponentProps<'label'> & { optional?: boolean }) {
  const field = use(FieldContext);
  return (
    <Label htmlFor={field?.id} {...props}>
      {children}
      {optional ? <span className="ml-1 font-normal text-muted-foreground">optional</span> : null}
    </Label>
  );
}

/** The error of the Field around it; announced when it appears. */
export function FieldError({ children, className, ...props }: ComponentProps<'p'>) {
  const field = use(FieldContext);
  if (!children) return null;
  return (
    <p
      id={field?.errorId}
      role="alert"
      className={cn('flex items-start gap-1 text-destructive-text text-xs', className)}
      {...props}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
      {children}
    </p>
  );
}

function FieldSlot({ children }: { children: (control: ReturnType<typeof useFieldControl>) => ReactNode }) {
  return children(useFieldControl());
}
