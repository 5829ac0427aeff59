'use client';

import { ChevronsUpDown, Plus } from 'lucide-react';
import type { AppShellProps } from './app-shell';
import { Menu } from './menu';
import { Avatar } from './ui/avatar';

/** Names the workspace one is in and lets one go to another. */
export function WorkspaceSwitcher({
  workspace,
  workspaces,
  onSwitchWorkspace,
  newWorkspaceHref,
  collapsed,
}: Pick<AppShellProps, 'workspace' | 'workspaces' | 'onSwitchWorkspace' | 'newWorkspaceHref'> & {
  collapsed: boolean;
}) {
  return (
    <Menu
      label="Workspaces"
      className={collapsed ? 'relative inline-flex' : 'relative flex min-w-0 flex-1'}
      items={() => [
        { heading: 'Workspaces' },
        ...workspaces.map((each) => ({
          label: each.name,
          icon: () => <Avatar name={each.name} size={20} shape="square" />,
          checked: each.id === workspace.id,
          onSelect: () => {
            if (each.id !== workspace.id) onSwitchWorkspace(each.id);
          },
        })),
        ...(newWorkspaceHref
          ? (['separator', { label: 'New workspace', icon: Plus, href: newWorkspaceHref }] as const)
          : []),
      ]}
      trigger={(props) => (
        <button
          type="button"
          {...props}
          aria-label={collapsed ? `Workspace ${workspace.name}` : undefined}
          className="flex h-8 w-full min-w-0 items-center gap-2 rounded-md px-1.5 text-left hover:bg-accent aria-expanded:bg-accent"
        >
          <Avatar name={workspace.name} size={20} shape="square" />
          {collapsed ? null : (
            <>
              <span className="sr-only">Workspace</span>
              <span className="min-w-0 flex-1 truncate font-semibold text-sm">{workspace.name}</span>
              <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
            </>
          )}
        </button>
      )}
    />
  );
}
