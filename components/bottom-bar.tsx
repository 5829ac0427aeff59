'use client';

import { Ellipsis, type LucideIcon, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { cn } from '@/lib/utils';
import type { AppShellProps } from './app-shell';
import { CountDot } from './nav-count';
import { NavLink } from './nav-link';
import { isCurrent, navigation } from './navigation';

const loadSheet = () => import('./more-sheet');
const MoreSheet = dynamic(() => loadSheet().then((module) => module.MoreSheet), { ssr: false });

const itemClasses =
  'focus-inset flex h-14 flex-col items-center justify-center gap-0.5 text-[11px] font-medium text-muted-foreground aria-[current=page]:text-foreground';

/** The phone's navigation: the most used, and a sheet for the rest. */
export function BottomBar(props: AppShellProps & { onSearch: () => void }) {
  const pathname = usePathname();
  const [more, setMore] = useState(false);
  // what waits behind the sheet's destinations
  const waiting = navigation.flatMap((group) =>
    group.items.flatMap((item) => {
      const count = item.onPhone ? undefined : props.counts?.[item.href];
      return count ? [`${item.label}: ${count.words}`] : [];
    }),
  );
  const primary = navigation.flatMap((group) => group.items.filter((item) => item.onPhone));
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-40 grid auto-cols-fr grid-flow-col border-t bg-sidebar pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {primary.map((item) => (
        <NavLink
          key={item.href}
          href={item.href}
          aria-current={isCurrent(item.href, pathname) ? 'page' : undefined}
          className={itemClasses}
        >
          <BarIcon icon={item.icon} current={isCurrent(item.href, pathname)} />
          {item.label}
        </NavLink>
      ))}
      <button type="button" className={itemClasses} onClick={props.onSearch}>
        <BarIcon icon={Search} />
        Search
      </button>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={more}
        className={itemClasses}
        onPointerDown={() => void loadSheet()}
        onClick={() => setMore(true)}
      >
        <BarIcon icon={Ellipsis} hasCount={waiting.length > 0} />
        More
        {waiting.length > 0 ? <span className="sr-only">, {waiting.join(', ')}</span> : null}
      </button>
      {more ? <MoreSheet {...props} onClose={() => setMore(false)} /> : null}
    </nav>
  );
}

function BarIcon({
  icon: Icon,
  current = false,
  hasCount = false,
}: {
  icon: LucideIcon;
  current?: boolean;
  hasCount?: boolean;
}) {
  return (
    <span className="relative inline-flex">
      <Icon aria-hidden className={cn('size-5', current && 'text-primary-text')} />
      {hasCount ? <CountDot /> : null}
    </span>
  );
}
