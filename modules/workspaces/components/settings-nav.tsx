'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

const pages = [
  { href: '/settings', label: 'General' },
  { href: '/settings/members', label: 'Members' },
  { href: '/settings/pipelines', label: 'Pipelines' },
  { href: '/settings/verification', label: 'Score' },
  { href: '/settings/templates', label: 'Templates' },
  { href: '/settings/sending', label: 'Sending' },
  { href: '/settings/mailboxes', label: 'Mailboxes' },
  { href: '/settings/numbers', label: 'Numbers' },
  { href: '/settings/calling', label: 'Calling' },
  { href: '/settings/profile', label: 'Profile' },
  { href: '/settings/notifications', label: 'Notifications' },
  { href: '/settings/audit-log', label: 'Audit log' },
];

/** The settings' pages as tabs. */
export function SettingsNav() {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // on a phone the tabs are wider than the screen: the one that is open must be seen
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, another tab
  useEffect(() => {
    const [row, tab] = [nav.current, nav.current?.querySelector<HTMLElement>('[aria-current=page]')];
    if (row && tab)
      row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav ref={nav} aria-label="Settings" className="flex gap-0.5 overflow-x-auto [scrollbar-width:none]">
      {pages.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? 'page' : undefined}
          className="focus-inset inline-flex h-8 items-center whitespace-nowrap rounded-md px-2 font-medium text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent hover:text-foreground aria-[current=page]:bg-accent aria-[current=page]:text-foreground max-md:h-10"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
