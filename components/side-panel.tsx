'use client';

import { Maximize2, X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from '@/lib/utils';
import { useShortcut } from './shortcuts';
import { Button } from './ui/button';
import { Tooltip } from './ui/tooltip';

/**
 * A record opened beside its list. Not modal: the list stays in reach, `j`/`k` go on working. It takes the focus when
 * it opens, gives it back when it closes, and fills the screen on a phone. Its address is the page's own business.
 * @param label accessible name, the record's name
 * @param href address of the record as a page of its own
 */
export function SidePanel({
  label,
  title,
  href,
  actions,
  onClose,
  footer,
  className,
  children,
}: {
  label: string;
  title: ReactNode;
  href?: string;
  actions?: ReactNode;
  onClose: () => void;
  footer?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const panel = useRef<HTMLElement>(null);
  useShortcut('Escape', 'Close the panel', onClose, { group: 'Panel' });

  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  return (
    <aside
      ref={panel}
      aria-label={label}
      tabIndex={-1}
      data-slot="side-panel"
      className={cn(
        'fixed inset-y-0 right-0 z-40 flex w-[min(560px,100vw)] animate-in flex-col border-l bg-card shadow-float outline-none duration-150 ease-out fade-in-0 slide-in-from-right-4 max-md:w-full max-md:border-l-0',
        className,
      )}
    >
      <div className="flex h-13 shrink-0 items-center gap-2 border-b pr-3 pl-5 max-md:pl-4">
        <div className="min-w-0 flex-1 truncate font-semibold text-lg">{title}</div>
        {actions}
        {href ? (
          <Tooltip content="Open as a page" side="bottom">
            <Button variant="ghost" size="icon-sm" asChild>
              <Link href={href} aria-label="Open as a page">
                <Maximize2 aria-hidden className="text-muted-foreground" />
              </Link>
            </Button>
          </Tooltip>
        ) : null}
        <Button variant="ghost" size="icon-sm" aria-label="Close the panel" onClick={onClose}>
          <X aria-hidden className="text-muted-foreground" />
        </Button>
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto">{children}</div>
      {footer ? <div className="shrink-0 border-t px-5 py-3 max-md:px-4">{footer}</div> : null}
    </aside>
  );
}
