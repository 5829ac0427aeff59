'use client';

import Link from 'next/link';
import type { RefObject } from 'react';
import type { MenuItem } from './menu';
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from './ui/dropdown-menu';
import { Kbd } from './ui/kbd';

type Line = Exclude<MenuItem, 'separator' | { heading: unknown }>;

/** The open half of Menu, fetched on first use. Stands over the button, whose place an invisible trigger takes. */
export function MenuContent({
  label,
  items,
  align,
  side,
  onClose,
  button,
}: {
  label: string;
  items: readonly MenuItem[];
  align: 'start' | 'center' | 'end';
  side: 'top' | 'bottom' | 'right';
  onClose: () => void;
  button: RefObject<HTMLButtonElement | null>;
}) {
  return (
    <DropdownMenu open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenuTrigger asChild>
        <span aria-hidden className="pointer-events-none absolute inset-0" tabIndex={-1} />
      </DropdownMenuTrigger>
      <DropdownMenuContent
        aria-label={label}
        aria-labelledby={undefined}
        align={align}
        side={side}
        onClick={(event) => event.stopPropagation()}
        onInteractOutside={(event) => {
          // The button toggles by itself; closing here as well would let its click open the menu again.
          if (button.current?.contains(event.target as Node)) event.preventDefault();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          // A chosen verb may have moved the focus on purpose (into a dialog): leave it there.
          if (document.activeElement === document.body) button.current?.focus();
        }}
      >
        {items.map((item, index) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an open menu do not move
          if (item === 'separator') return <DropdownMenuSeparator key={index} />;
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          if ('heading' in item) return <DropdownMenuLabel key={index}>{item.heading}</DropdownMenuLabel>;
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          return <MenuLine key={index} item={item} />;
        })}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function MenuLine({ item }: { item: Line }) {
  const Icon = item.icon;
  const body = (
    <>
      {Icon ? <Icon /> : null}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.hint ? <Kbd>{item.hint}</Kbd> : null}
    </>
  );
  if (item.checked !== undefined) {
    return (
      <DropdownMenuCheckboxItem
        checked={item.checked}
        disabled={item.disabled}
        onSelect={(event) => {
          if (item.keepOpen) event.preventDefault();
        }}
        onCheckedChange={() => item.onSelect?.()}
      >
        {body}
      </DropdownMenuCheckboxItem>
    );
  }
  if (item.href) {
    return (
      <DropdownMenuItem asChild disabled={item.disabled} onSelect={() => item.onSelect?.()}>
        <Link href={item.href}>{body}</Link>
      </DropdownMenuItem>
    );
  }
  return (
    <DropdownMenuItem
      destructive={item.destructive}
      disabled={item.disabled}
      onSelect={() => item.onSelect?.()}
    >
      {body}
    </DropdownMenuItem>
  );
}
