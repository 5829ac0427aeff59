'use client';

import { LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { useTheme } from 'next-themes';
import { cn } from '@/lib/utils';
import type { AppShellProps } from './app-shell';
import { Menu } from './menu';
import { Avatar } from './ui/avatar';

/** Who is signed in, at the foot: profile, theme, sign out. */
export function UserMenu({
  user,
  onSignOut,
  profileHref = '/settings/profile',
  collapsed,
}: Pick<AppShellProps, 'user' | 'onSignOut' | 'profileHref'> & { collapsed: boolean }) {
  const { theme, setTheme } = useTheme();
  const name = user.name || user.email;
  const themeLine = (value: string, label: string, icon: typeof Sun) => ({
    label,
    icon,
    checked: theme === value,
    keepOpen: true,
    onSelect: () => setTheme(value),
  });
  return (
    <Menu
      label="Account"
      side="top"
      className="relative flex min-w-0"
      items={() => [
        { heading: user.email },
        { label: 'Profile', icon: UserRound, href: profileHref },
        'separator',
        { heading: 'Theme' },
        themeLine('light', 'Light', Sun),
        themeLine('dark', 'Dark', Moon),
        themeLine('system', 'As the system', Monitor),
        'separator',
        { label: 'Sign out', icon: LogOut, onSelect: onSignOut },
      ]}
      trigger={(props) => (
        <button
          type="button"
          {...props}
          aria-label={collapsed ? `Account ${name}` : undefined}
          className={cn(
            'flex h-8 w-full min-w-0 items-center gap-2 rounded-md text-left hover:bg-accent aria-expanded:bg-accent',
            collapsed ? 'justify-center' : 'px-1.5',
          )}
        >
          <Avatar name={name} size={20} />
          {collapsed ? null : (
            <>
              <span className="sr-only">Account</span>
              <span className="min-w-0 flex-1 truncate text-sm">{name}</span>
            </>
          )}
        </button>
      )}
    />
  );
}
