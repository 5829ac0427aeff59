'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { BottomBar } from './bottom-bar';
import type { PaletteSearch } from './command-palette';
import { type NavItem, navigation, settingsItem } from './navigation';
import { ShortcutHelp, useShortcut } from './shortcuts';
import { Sidebar } from './sidebar';
import { TimeZoneContext } from './time-zone';

const CommandPalette = dynamic(() => import('./command-palette').then((module) => module.CommandPalette), {
  ssr: false,
});

/** Who is signed in, as the shell shows them. */
export type ShellUser = { name: string; email: string };
/** A workspace the person belongs to. */
export type ShellWorkspace = { id: string; name: string; role?: string };

/** A number beside a destination: as shown ("99+"), and in words ("99 and more unread"). */
export type NavCount = { shown: string; words: string };

/** What the shell needs; it fetches nothing itself. */
export type AppShellProps = {
  user: ShellUser;
  workspace: ShellWorkspace;
  workspaces: readonly ShellWorkspace[];
  /** From the sidebar's cookie, so that the server draws it as it was left. */
  sidebarCollapsed: boolean;
  /** IANA zone in which times are shown, such as `America/Chicago`. */
  timeZone: string;
  onSwitchWorkspace: (id: string) => void;
  onSignOut: () => void;
  /** How many things wait behind a destination, by its address: the number shown, and the same in words. */
  counts?: Readonly<Record<string, NavCount>>;
  /** Looks up records for the command palette; without it only commands are found. */
  search?: PaletteSearch;
  /** Where "New workspace" and "Profile" lead. */
  newWorkspaceHref?: string;
  profileHref?: string;
  children: ReactNode;
};

/** The frame around every page behind the session: sidebar, or bottom bar on a phone, and the command palette. */
export function AppShell(props: AppShellProps) {
  const { search, timeZone, children } = props;
  const [paletteOpen, setPaletteOpen] = useState(false);
  // Once fetched it stays mounted, so that closing can animate and opening again is instant.
  const [paletteWanted, setPaletteWanted] = useState(false);
  const openPalette = () => {
    setPaletteWanted(true);
    setPaletteOpen(true);
  };
  useShortcut('mod+k', 'Search and commands', openPalette, { anywhere: true });
  useShortcut('/', 'Search', openPalette);

  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#main"
        className="absolute top-2 left-2 z-60 -translate-y-16 rounded-md bg-primary px-3 py-2 font-medium text-primary-foreground text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <Sidebar {...props} onSearch={openPalette} />
      <main
        id="main"
        tabIndex={-1}
        className="relative flex min-w-0 flex-1 flex-col overflow-y-auto outline-none max-md:pb-[calc(56px+env(safe-area-inset-bottom))]"
      >
        <TimeZoneContext value={timeZone}>{children}</TimeZoneContext>
      </main>
      <BottomBar {...props} onSearch={openPalette} />
      {navigation.flatMap((group) => group.items.map((item) => <GoTo key={item.href} item={item} />))}
      <GoTo item={settingsItem} />
      <ShortcutHelp />
      {paletteWanted ? (
        <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} search={search} />
      ) : null}
    </div>
  );
}

function GoTo({ item }: { item: NavItem }) {
  const router = useRouter();
  useShortcut(`g ${item.goKey}`, `Go to ${item.label}`, () => router.push(item.href), { group: 'Go to' });
  return null;
}
