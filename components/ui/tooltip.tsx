'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { cn } from '@/lib/utils';
import { type FloatingSide, useFloatingPosition } from './floating';

const OPEN_AFTER_MS = 350;

/**
 * A word or two about the control it wraps, on hover and on keyboard focus. It adds to the control's own name and
 * never replaces it: an icon button still needs its `aria-label`.
 * @param content what to say; nothing is shown when empty
 * @param side where it would rather stand
 */
export function Tooltip({
  content,
  side = 'top',
  disabled = false,
  className,
  children,
}: {
  content: ReactNode;
  side?: FloatingSide;
  disabled?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const style = useFloatingPosition(open, anchor, box, side, 'center', 6);

  const show = (afterMs: number) => {
    if (disabled || !content) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(true), afterMs);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setOpen(false);
  };

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches the pointer; the control inside is the interactive one
    <span
      ref={anchor}
      data-slot="tooltip-anchor"
      className={cn('inline-flex', className)}
      aria-describedby={open ? id : undefined}
      onPointerEnter={(event) => event.pointerType === 'mouse' && show(OPEN_AFTER_MS)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(':focus-visible') && show(0)}
      onBlur={hide}
    >
      {children}
      {open
        ? createPortal(
            <div
              ref={box}
              id={id}
              role="tooltip"
              style={style}
              className="pointer-events-none z-60 flex max-w-72 animate-in items-center gap-1.5 rounded-md bg-tooltip px-2 py-1 text-tooltip-foreground text-xs shadow-float duration-120 fade-in-0"
            >
              {content}
            </div>,
            document.body,
          )
        : null}
    </span>
  );
}
