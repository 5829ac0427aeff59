import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { SIDEBAR_COLLAPSED, SIDEBAR_COOKIE } from '@/components/navigation';
import { pageAccount } from '@/lib/http/page-account';
import { pageContext } from '@/lib/http/page-context';
import { workspaceCookie } from '@/lib/http/workspace-cookie';
import { WorkspaceShell } from '@/modules/workspaces/components/workspace-shell';

/** Everything behind the session: who, where, and the shell around the page. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const [ctx, account, store] = await Promise.all([pageContext(), pageAccount(), cookies()]);
  return (
    <WorkspaceShell
      user={{ name: account?.full_name ?? '', email: account?.email ?? '' }}
      workspace={{ id: ctx.workspaceId, name: ctx.workspace.name, role: ctx.role }}
      workspaces={(account?.workspaces ?? []).map(({ id, name, role }) => ({ id, name, role }))}
      sidebarCollapsed={store.get(SIDEBAR_COOKIE)?.value === SIDEBAR_COLLAPSED}
      tier={ctx.tier}
      userId={ctx.userId}
      timeZone={account?.time_zone ?? ctx.workspace.timeZone}
      workspaceCookie={workspaceCookie}
    >
      {children}
    </WorkspaceShell>
  );
}
