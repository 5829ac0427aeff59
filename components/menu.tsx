'use client';

import type { LucideIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ComponentProps, type ReactNode, useRef, useState } from 'react';

/** One line of a {@link Menu}. */
export type MenuItem =
  | 'separator'
  | { heading: ReactNode }
  | {
      label: ReactNode;
      icon?: LucideIcon | ((props: { className?: string }) => ReactNode);
      /** Runs on choice; an item with `href` needs none. */
      onSelect?: () => void;
      href?: string;
      /** Key printed at the right. */
      hint?: string;
      destructive?: boolean;
      disabled?: boolean;
      /** Draws a tick when true; with `keepOpen` several can be toggled in one go. */
      checked?: boolean;
      keepOpen?: boolean;
    };

const loadContent = () => import('./menu-content');
const MenuContent = dynamic(() => loadContent().then((module) => module.MenuContent), { ssr: false });

/**
 * A button that opens a menu. The menu's code (positioning, roving focus: 30 kB) is fetched when the pointer or the
 * focus reaches the button, so pages with many menus start light.
 * @param trigger given the props to spread on the button; the button needs an accessible name
 * @param items lines of the menu, or a function called when it opens
 */
export function Menu({
  label,
  items,
  trigger,
  align = 'start',
  side = 'bottom',
  className,
}: {
  label: string;
  items: readonly MenuItem[] | (() => readonly MenuItem[]);
  trigger: (
    props: Pick<
      ComponentProps<'button'>,
      'aria-haspopup' | 'aria-expanded' | 'onClick' | 'onPointerEnter' | 'onFocus' | 'onKeyDown'
    > & { ref: (node: HTMLButtonElement | null) => void },
  ) => ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'right';
  className?: string;
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement | null>(null);
  return (
    <span className={className ?? 'relative inline-flex'}>
      {trigger({
        ref: (node) => {
          button.current = node;
        },
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        onClick: (event) => {
          event.stopPropagation();
          setOpen((current) => !current);
        },
        onPointerEnter: () => void loadContent(),
        onFocus: () => void loadContent(),
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        },
      })}
      {open ? (
        <MenuContent
          label={label}
          items={typeof items === 'function' ? items() : items}
          align={align}
          side={side}
          onClose={() => setOpen(false)}
          button={button}
        />
      ) : null}
    </span>
  );
}
