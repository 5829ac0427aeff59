'use client';

import { PanelLeft, Search } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useState, useSyncExternalStore } from 'react';
import { cn } from '@/lib/utils';
import type { AppShellProps, NavCount } from './app-shell';
import { CountBadge, CountDot } from './nav-count';
import { NavLink } from './nav-link';
import {
  isCurrent,
  type NavItem,
  navigation,
  SIDEBAR_COLLAPSED,
  SIDEBAR_COOKIE,
  settingsItem,
} from './navigation';
import { useShortcut } from './shortcuts';
import { Kbd } from './ui/kbd';
import { Tooltip } from './ui/tooltip';
import { UserMenu } from './user-menu';
import { WorkspaceSwitcher } from './workspace-switcher';

const ONE_YEAR_S = 31_536_000;

const never = () => () => undefined;
/** What Cmd or Ctrl is called on this keyboard. */
const modKeyName = () => (/mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl');

/** The left column: 232 px wide, or 52 px with icons only. Not drawn on phones. */
export function Sidebar(props: AppShellProps & { onSearch: () => void }) {
  const [collapsed, setCollapsed] = useState(props.sidebarCollapsed);
  const pathname = usePathname();
  const modKey = useSyncExternalStore(never, modKeyName, () => 'Ctrl');

  function toggle() {
    const next = !collapsed;
    setCollapsed(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
    document.cookie = `${SIDEBAR_COOKIE}=${next ? SIDEBAR_COLLAPSED : 'open'}; path=/; max-age=${ONE_YEAR_S}; samesite=lax`;
  }
  useShortcut('[', 'Collapse or open the sidebar', toggle);

  const line = (item: NavItem) => (
    <SidebarLink
      key={item.href}
      item={item}
      count={props.counts?.[item.href]}
      current={isCurrent(item.href, pathname)}
      collapsed={collapsed}
    />
  );

  return (
    <aside
      aria-label="Sidebar"
      data-collapsed={collapsed || undefined}
      className={cn(
        'flex shrink-0 flex-col border-r bg-sidebar transition-[width] duration-150 ease-out max-md:hidden',
        collapsed ? 'w-13' : 'w-58',
      )}
    >
      <div className={cn('flex gap-1 p-2', collapsed ? 'flex-col items-center' : 'items-center')}>
        <WorkspaceSwitcher {...props} collapsed={collapsed} />
        <Tooltip
          content={
            <>
              {collapsed ? 'Open' : 'Collapse'} the sidebar <Kbd>[</Kbd>
            </>
          }
          side={collapsed ? 'right' : 'bottom'}
        >
          <button
            type="button"
            onClick={toggle}
            aria-label={collapsed ? 'Open the sidebar' : 'Collapse the sidebar'}
            aria-expanded={!collapsed}
            className="inline-flex size-8 items-center justify-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
          >
            <PanelLeft aria-hidden className="size-4" />
          </button>
        </Tooltip>
      </div>

      <div className="px-2 pb-2">
        <Tooltip
          content={
            <>
              Search <Kbd>{modKey} K</Kbd>
            </>
          }
          side="right"
          disabled={!collapsed}
          className="flex"
        >
          <button
            type="button"
            onClick={props.onSearch}
            aria-label={collapsed ? 'Search' : undefined}
            aria-keyshortcuts="/ Control+K Meta+K"
            className={cn(
              'flex h-8 w-full items-center gap-2 rounded-md border bg-background text-muted-foreground text-sm transition-colors duration-120 hover:border-input hover:text-foreground',
              collapsed ? 'justify-center' : 'px-2',
            )}
          >
            <Search aria-hidden className="size-4 shrink-0" />
            {collapsed ? null : (
              <>
                <span className="flex-1 text-left">Search</span>
                <Kbd className="bg-sidebar">{modKey} K</Kbd>
              </>
            )}
          </button>
        </Tooltip>
      </div>

      <nav aria-label="Main" className="relative min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {navigation.map((group) => (
          <div key={group.label ?? 'top'} className="not-first:mt-4">
            {group.label ? (
              <h2
                className={cn(
                  'mb-1 flex h-5 items-center px-2 font-medium text-muted-foreground text-xs',
                  collapsed && 'sr-only',
                )}
              >
                {group.label}
              </h2>
            ) : null}
            <ul className="grid gap-px">{group.items.map(line)}</ul>
          </div>
        ))}
      </nav>

      <div className="grid gap-1 border-t p-2">
        <ul>{line(settingsItem)}</ul>
        <UserMenu {...props} collapsed={collapsed} />
      </div>
    </aside>
  );
}

function SidebarLink({
  item,
  count,
  current,
  collapsed,
}: {
  item: NavItem;
  count?: NavCount;
  current: boolean;
  collapsed: boolean;
}) {
  const Icon = item.icon;
  return (
    <li>
      <Tooltip content={item.label} side="right" disabled={!collapsed} className="flex">
        <NavLink
          href={item.href}
          aria-current={current ? 'page' : undefined}
          aria-label={count ? `${item.label}, ${count.words}` : collapsed ? item.label : undefined}
          className={cn(
            'flex h-8 w-full items-center gap-2 rounded-md text-sm transition-colors duration-120',
            collapsed ? 'justify-center' : 'px-2',
            current
              ? 'bg-accent font-medium text-foreground'
              : 'text-muted-foreground hover:bg-accent hover:text-foreground',
          )}
        >
          <span className="relative inline-flex">
            <Icon aria-hidden className="size-4 shrink-0" />
            {count && collapsed ? <CountDot /> : null}
          </span>
          {collapsed ? null : <span className="truncate">{item.label}</span>}
          {count && !collapsed ? <CountBadge count={count} className="ml-auto" /> : null}
        </NavLink>
      </Tooltip>
    </li>
  );
}
