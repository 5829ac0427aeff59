'use client';

import { Check, LogOut, type LucideIcon, Monitor, Moon, Plus, Sun, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { cn } from '@/lib/utils';
import type { AppShellProps } from './app-shell';
import { CountBadge } from './nav-count';
import { navigation, settingsItem } from './navigation';
import { Avatar } from './ui/avatar';
import { Drawer, DrawerContent, DrawerTitle } from './ui/drawer';

const lineClasses =
  'focus-inset flex h-11 w-full items-center gap-3 rounded-md px-3 text-left text-base active:bg-accent [&>svg]:size-5 [&>svg]:text-muted-foreground';

/** The phone's sheet: destinations that have no place in the bar, workspaces, theme, account. */
export function MoreSheet({
  user,
  workspace,
  workspaces,
  counts,
  onSwitchWorkspace,
  onSignOut,
  newWorkspaceHref,
  profileHref = '/settings/profile',
  onClose,
}: AppShellProps & { onClose: () => void }) {
  const { theme, setTheme } = useTheme();
  const rest = [...navigation.flatMap((group) => group.items.filter((item) => !item.onPhone)), settingsItem];
  const themes: [string, string, LucideIcon][] = [
    ['light', 'Light', Sun],
    ['dark', 'Dark', Moon],
    ['system', 'System', Monitor],
  ];
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <DrawerContent aria-describedby={undefined}>
        <DrawerTitle>More</DrawerTitle>
        <div className="min-h-0 overflow-y-auto px-1 pb-3">
          <Section>
            {rest.map(({ href, label, icon: Icon }) => (
              <Link key={href} href={href} onClick={onClose} className={lineClasses}>
                <Icon aria-hidden />
                {label}
                {counts?.[href] ? <CountBadge count={counts[href]} className="ml-auto" /> : null}
              </Link>
            ))}
          </Section>
          <Section title="Workspaces">
            {workspaces.map((each) => (
              <button
                key={each.id}
                type="button"
                aria-pressed={each.id === workspace.id}
                className={lineClasses}
                onClick={() => {
                  onClose();
                  if (each.id !== workspace.id) onSwitchWorkspace(each.id);
                }}
              >
                <Avatar name={each.name} size={20} shape="square" />
                <span className="min-w-0 flex-1 truncate">{each.name}</span>
                {each.id === workspace.id ? <Check aria-hidden /> : null}
              </button>
            ))}
            {newWorkspaceHref ? (
              <Link href={newWorkspaceHref} onClick={onClose} className={lineClasses}>
                <Plus aria-hidden />
                New workspace
              </Link>
            ) : null}
          </Section>
          <Section title="Theme">
            <div className="mx-3 grid grid-cols-3 gap-1 rounded-lg bg-secondary p-1">
              {themes.map(([value, label, Icon]) => (
                <button
                  key={value}
                  type="button"
                  aria-pressed={theme === value}
                  onClick={() => setTheme(value)}
                  className={cn(
                    'flex h-10 items-center justify-center gap-2 rounded-md text-sm',
                    theme === value ? 'bg-card font-medium' : 'text-muted-foreground',
                  )}
                >
                  <Icon aria-hidden className="size-4" />
                  {label}
                </button>
              ))}
            </div>
          </Section>
          <Section title={user.email}>
            <Link href={profileHref} onClick={onClose} className={lineClasses}>
              <UserRound aria-hidden />
              Profile
            </Link>
            <button type="button" className={lineClasses} onClick={onSignOut}>
              <LogOut aria-hidden />
              Sign out
            </button>
          </Section>
        </div>
      </DrawerContent>
    </Drawer>
  );
}

function Section({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="not-first:mt-1 not-first:border-t not-first:pt-2">
      {title ? <h3 className="truncate px-3 py-1.5 text-muted-foreground text-xs">{title}</h3> : null}
      {children}
    </section>
  );
}
