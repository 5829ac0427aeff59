'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { notify } from '@/components/notify';
import { orSay } from './use-record';

/** A record linked to the one looked at: its name, what it is here, and the way to take the link away. */
export function LinkedRow({
  href,
  name,
  aside,
  removeLabel,
  onRemove,
  children,
}: {
  href: string;
  name: string;
  aside?: ReactNode;
  removeLabel: string;
  onRemove: () => void;
  children?: ReactNode;
}) {
  return (
    <li className="group/link flex items-start gap-1 py-1 text-sm">
      <div className="min-w-0 flex-1">
        <span className="flex min-h-5 items-center gap-2 max-md:flex-wrap">
          <Link href={href} prefetch={false} className="min-w-0 truncate hover:underline">
            {name}
          </Link>
          {aside}
        </span>
        {children}
      </div>
      <button
        type="button"
        aria-label={removeLabel}
        onClick={onRemove}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-muted-foreground opacity-0 hover:bg-accent focus-visible:opacity-100 group-hover/link:opacity-100 max-md:size-10 max-md:opacity-100"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}

/** Takes a link away and offers it back. */
export function unlinkWithUndo(
  name: string,
  remove: () => Promise<unknown>,
  putBack: () => Promise<unknown>,
): Promise<void> {
  return orSay('Nothing was removed', async () => {
    await remove();
    notify.success(`${name} was removed`, {
      action: { label: 'Undo', onClick: () => void orSay('Not undone', putBack) },
    });
  });
}
