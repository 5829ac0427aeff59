'use client';

import { type ReactNode, type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
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
  children,
}: {
  label: string;
  content: () => ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const later = (next: boolean, afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), afterMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

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
      {open ? (
        <Card
          id={id}
          anchor={anchor}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => later(false, CLOSE_AFTER_MS)}
          onClose={() => setOpen(false)}
        >
          {content()}
        </Card>
      ) : null}
    </>
  );
}

/** The open card. A component of its own, because a table holds hundreds of closed ones, which cost nothing so. */
function Card({
  id,
  anchor,
  onPointerEnter,
  onPointerLeave,
  onClose,
  children,
}: {
  id: string;
  anchor: RefObject<HTMLButtonElement | null>;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const style = useFloatingPosition(true, anchor, box, 'bottom', 'start', 4);
  const close = useEffectEvent(onClose);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    };
    const onPointer = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) close();
    };
    addEventListener('keydown', onKey, true);
    addEventListener('pointerdown', onPointer);
    return () => {
      removeEventListener('keydown', onKey, true);
      removeEventListener('pointerdown', onPointer);
    };
  }, [anchor]);

  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the card open while the pointer is on it
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press inside must not reach the row behind through React's tree
    <div
      ref={box}
      id={id}
      style={style}
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
      onClick={(event) => event.stopPropagation()}
      className="z-50 w-72 animate-in rounded-lg border bg-popover p-3 text-sm shadow-float duration-120 ease-out fade-in-0"
    >
      {children}
    </div>,
    document.body,
  );
}
