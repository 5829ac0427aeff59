import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/utils';

/** How far something has come, as a shape: told apart without colour. */
export type StatusGlyph = 'empty' | 'half' | 'full' | 'check' | 'cross' | 'ban';
/** What the state means to the reader. Neutral unless it asks for something. */
export type StatusTone = 'neutral' | 'info' | 'warning' | 'danger' | 'positive';

const SHAPES: Record<StatusGlyph, ReactNode> = {
  empty: null,
  half: <path d="M6 3a3 3 0 0 1 0 6z" fill="currentColor" stroke="none" />,
  full: <circle cx="6" cy="6" r="3" fill="currentColor" stroke="none" />,
  check: <path d="m3.9 6.2 1.5 1.5 2.8-3.2" />,
  cross: <path d="m4.4 4.4 3.2 3.2m0-3.2L4.4 7.6" />,
  ban: <path d="m2.6 2.6 6.8 6.8" />,
};

const TONES: Record<StatusTone, string> = {
  neutral: 'text-muted-foreground',
  info: 'text-info-text',
  warning: 'text-warning-text',
  danger: 'text-destructive-text',
  positive: 'text-primary-text',
};

/** The shape alone, for menus and options; the words beside it say the state. */
export function StatusIcon({ glyph, tone = 'neutral' }: { glyph: StatusGlyph; tone?: StatusTone }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 12 12"
      width="12"
      height="12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cn('shrink-0', TONES[tone])}
    >
      <circle cx="6" cy="6" r="5" />
      {SHAPES[glyph]}
    </svg>
  );
}

/**
 * A state in words with its shape. The words keep the text colour; only the shape is tinted.
 * @param label the state in words, sentence case
 */
export function StatusBadge({
  label,
  glyph,
  tone = 'neutral',
  className,
  ...props
}: Omit<ComponentProps<'span'>, 'children'> & { label: string; glyph: StatusGlyph; tone?: StatusTone }) {
  return (
    <span
      data-slot="status-badge"
      className={cn('inline-flex items-center gap-1.5 whitespace-nowrap text-sm', className)}
      {...props}
    >
      <StatusIcon glyph={glyph} tone={tone} />
      {label}
    </span>
  );
}
