'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';

const pages = [
  { href: '/campaigns', label: 'Campaigns' },
  { href: '/campaigns/outbox', label: 'Outbox' },
  { href: '/campaigns/replies', label: 'Replies' },
];

/** The rooms of the campaigns as tabs: the campaigns themselves, what went out, what came back. */
export function CampaignTabs() {
  const pathname = usePathname();
  return (
    <nav aria-label="Campaigns" className="flex min-w-0 items-center gap-0.5 overflow-x-auto">
      {pages.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? 'page' : undefined}
          className="focus-inset inline-flex h-7 items-center whitespace-nowrap rounded-md px-2 text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent hover:text-foreground aria-[current=page]:bg-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground max-md:h-10"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
