import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

const TINTS = [
  'bg-[var(--tint-1)]',
  'bg-[var(--tint-2)]',
  'bg-[var(--tint-3)]',
  'bg-[var(--tint-4)]',
  'bg-[var(--tint-5)]',
  'bg-[var(--tint-6)]',
] as const;

/**
 * The letters that stand for a name: first of the first and of the last word.
 * @param name a person's or an organization's name; may be blank
 * @returns one or two upper-case letters, or `?` for a blank name
 */
export function initialsOf(name: string): string {
  const words = name
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .split(/\s+/)
    .filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** The same name always gets the same tint, on the server and in the browser. */
function tintOf(name: string): string {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return TINTS[hash % TINTS.length] ?? TINTS[0];
}

/** Initials on a quiet tint. `square` is for organizations and workspaces, round for people. */
export function Avatar({
  name,
  size = 24,
  shape = 'round',
  className,
  ...props
}: ComponentProps<'span'> & {
  name: string;
  size?: 16 | 20 | 24 | 28 | 32 | 40;
  shape?: 'round' | 'square';
}) {
  return (
    <span
      data-slot="avatar"
      aria-hidden
      // Drawn by CSS: as text the letters would count as visible words that the control's name leaves out.
      data-initials={initialsOf(name)}
      style={{ width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.4)) }}
      className={cn(
        'inline-flex shrink-0 select-none items-center justify-center font-medium text-foreground leading-none before:content-[attr(data-initials)]',
        shape === 'round' ? 'rounded-full' : 'rounded-sm',
        tintOf(name),
        className,
      )}
      {...props}
    />
  );
}
