'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';

const pages = [
  { href: '/calls', label: 'Desk' },
  { href: '/calls/texts', label: 'Texts' },
  { href: '/calls/history', label: 'History' },
  { href: '/calls/leaderboard', label: 'Leaderboard' },
  { href: '/calls/do-not-call', label: 'Do not call' },
];

/** The rooms of calling as tabs: the desk, texts, what was called, who called, and who must not be called. */
export function CallsTabs() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Calls"
      className="flex min-w-0 items-center gap-0.5 overflow-x-auto [scrollbar-width:none]"
    >
      {pages.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={pathname === href ? 'page' : undefined}
          className="focus-inset inline-flex h-7 items-center whitespace-nowrap rounded-md px-2 text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent hover:text-foreground aria-[current=page]:bg-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground max-md:h-10"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
