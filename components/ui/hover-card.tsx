'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { cn } from '@/lib/utils';
import { useFloatingPosition } from './floating';

const OPEN_AFTER_MS = 200;
const CLOSE_AFTER_MS = 150;

/**
 * More about a small thing (a contact point's icon): shown on hover, on a press, or on Enter; stays while the pointer
 * is on it, closes with Escape. The trigger is a button, so touch and keyboard get it too.
 * @param label the trigger's accessible name, with the essence of what the card says
 * @param content the card; called only when shown
 */
export function HoverCard({
  label,
  content,
  className,
  contentClassName,
  children,
}: {
  label: string;
  content: () => ReactNode;
  className?: string;
  contentClassName?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const style = useFloatingPosition(open, anchor, box, 'bottom', 'start', 4);

  const later = (next: boolean, afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), afterMs);
  };

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
    };
    const onPointer = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) setOpen(false);
    };
    addEventListener('keydown', onKey, true);
    addEventListener('pointerdown', onPointer);
    return () => {
      removeEventListener('keydown', onKey, true);
      removeEventListener('pointerdown', onPointer);
    };
  }, [open]);

  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        className={cn(
          'relative inline-flex size-6 items-center justify-center rounded-sm hover:bg-accent max-md:size-10',
          className,
        )}
        onPointerEnter={(event) => event.pointerType === 'mouse' && later(true, OPEN_AFTER_MS)}
        onPointerLeave={() => later(false, CLOSE_AFTER_MS)}
        onClick={(event) => {
          event.stopPropagation();
          clearTimeout(timer.current);
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open
        ? createPortal(
            // biome-ignore lint/a11y/noStaticElementInteractions: keeps the card open while the pointer is on it
            // biome-ignore lint/a11y/useKeyWithClickEvents: a press inside must not reach the row behind through React's tree
            <div
              ref={box}
              id={id}
              style={style}
              onPointerEnter={() => clearTimeout(timer.current)}
              onPointerLeave={() => later(false, CLOSE_AFTER_MS)}
              onClick={(event) => event.stopPropagation()}
              className={cn(
                'z-50 w-72 animate-in rounded-lg border bg-popover p-3 text-sm shadow-float duration-120 ease-out fade-in-0',
                contentClassName,
              )}
            >
              {content()}
            </div>,
            document.body,
          )
        : null}
    </>
  );
}
