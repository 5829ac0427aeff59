'use client';

import { type ReactNode, useEffect } from 'react';
import { AppShell, type AppShellProps, type ShellUser, type ShellWorkspace } from '@/components/app-shell';
import type { PaletteSearch } from '@/components/command-palette';
import { CurrentUserContext } from '@/components/current-user';
import { QueryProvider } from '@/components/query-provider';
import { TierContext } from '@/components/tier-context';
import { setApiWorkspace } from '@/lib/api-client';
import type { Tier } from '@/lib/tiers';
import { useCounts } from './use-counts';

/** What the layout of the pages behind the session hands over. */
export type WorkspaceShellProps = {
  user: ShellUser;
  workspace: ShellWorkspace;
  workspaces: readonly ShellWorkspace[];
  sidebarCollapsed: boolean;
  /** IANA zone of the person. */
  timeZone: string;
  tier: Tier;
  userId: string;
  /** The cookie's name, which this tab puts right whenever it becomes the one in use. */
  workspaceCookie: string;
  children: ReactNode;
};

const oneYearS = 31_536_000;

// Comes with the palette, which is fetched when it is first opened.
const search: PaletteSearch = async (query, signal) => {
  const { searchPalette } = await import('@/modules/records/components/search-palette');
  return searchPalette(query, signal);
};

const leaving = () => import('./leave');

/** The shell with its data: query cache, the tab's workspace, switching and signing out. */
export function WorkspaceShell({ workspaceCookie, tier, userId, children, ...shell }: WorkspaceShellProps) {
  // Before any child asks for anything. The server renders many people at once and must not remember one of them.
  if (typeof window !== 'undefined') setApiWorkspace(shell.workspace.id);
  useOwnWorkspaceCookie(workspaceCookie, shell.workspace.id);

  return (
    <QueryProvider>
      <CountingShell
        {...shell}
        userId={userId}
        search={search}
        newWorkspaceHref="/welcome"
        profileHref="/settings/profile"
        onSwitchWorkspace={(id) => void leaving().then(({ switchWorkspace }) => switchWorkspace(id))}
        onSignOut={() => void leaving().then(({ signOut }) => signOut())}
      >
        <TierContext value={tier}>
          <CurrentUserContext value={userId}>{children}</CurrentUserContext>
        </TierContext>
      </CountingShell>
    </QueryProvider>
  );
}

/** The shell with what waits for the person; apart, since only below the provider something can be asked for. */
function CountingShell({ userId, ...shell }: AppShellProps & { userId: string }) {
  return <AppShell {...shell} counts={useCounts(userId)} />;
}

/**
 * Calls of the API name the tab's workspace in a header, but pages are asked for with cookies alone. So the tab that is
 * in use writes its own workspace into the cookie before it asks: two tabs in two workspaces don't mix.
 */
function useOwnWorkspaceCookie(name: string, id: string) {
  useEffect(() => {
    const claim = () => {
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      const secure = window.location.protocol === 'https:' ? '; secure' : '';
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
      document.cookie = `${name}=${id}; path=/; max-age=${oneYearS}; samesite=lax${secure}`;
    };
    claim();
    const events = ['focus', 'pageshow', 'pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, claim, { capture: true });
    document.addEventListener('visibilitychange', claim);
    return () => {
      for (const event of events) window.removeEventListener(event, claim, { capture: true });
      document.removeEventListener('visibilitychange', claim);
    };
  }, [name, id]);
}
