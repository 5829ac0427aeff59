'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link2, Mail } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { SettingsSection } from '@/components/settings-section';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { roleLabels } from '../roles';
import type { Invitation, IssuedInvitation } from '../types';
import { IssuedLink } from './issued-link';

/** Invitations nobody has used yet, links that still work, and those that ran out. */
export function OpenInvitations({
  initial,
  onInvite,
}: {
  initial: readonly Invitation[];
  onInvite: () => void;
}) {
  const client = useQueryClient();
  const [busyId, setBusyId] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const [issued, setIssued] = useState<IssuedInvitation | null>(null);
  const { data: invitations } = useQuery({
    queryKey: ['workspaces', 'invitations'],
    queryFn: async ({ signal }) =>
      (await api<{ items: Invitation[] }>('GET', '/api/invitations', undefined, { signal })).items,
    initialData: [...initial],
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['workspaces', 'invitations'] });

  async function resend(invitation: Invitation) {
    setBusyId(invitation.id);
    setIssued(null);
    try {
      const again = await api<IssuedInvitation>('POST', `/api/invitations/${invitation.id}/resend`);
      if (again.link) setIssued(again);
      else
        notify.success(`Invitation sent to ${again.email} again`, {
          description: 'The earlier link has stopped working.',
        });
      await refresh();
    } catch (error) {
      notify.error('The invitation was not renewed', { description: messageOf(error) });
    } finally {
      setBusyId(null);
    }
  }
  async function revoke(invitation: Invitation) {
    await api('DELETE', `/api/invitations/${invitation.id}`);
    client.setQueryData<Invitation[]>(['workspaces', 'invitations'], (rows) =>
      rows?.filter((row) => row.id !== invitation.id),
    );
    if (issued?.id === invitation.id) setIssued(null);
    notify.success('Invitation withdrawn');
  }

  return (
    <SettingsSection wide title="Open invitations">
      {issued ? (
        <div className="mb-3">
          <IssuedLink issued={issued} />
        </div>
      ) : null}
      {invitations.length === 0 ? (
        <p className="rounded-lg border border-dashed px-3 py-4 text-muted-foreground text-sm">
          Nobody is invited at the moment.{' '}
          <button type="button" className="text-primary-text underline underline-offset-2" onClick={onInvite}>
            Invite a colleague
          </button>
        </p>
      ) : (
        <ul className="divide-y rounded-lg border" aria-label="Open invitations">
          {invitations.map((invitation) => (
            <li key={invitation.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
              {invitation.email ? (
                <Mail aria-hidden className="size-4 text-muted-foreground" />
              ) : (
                <Link2 aria-hidden className="size-4 text-muted-foreground" />
              )}
              <div className="min-w-0 flex-1 basis-48">
                <p className="truncate text-sm">
                  {invitation.email ?? 'Anyone with the link'}{' '}
                  <span className="text-muted-foreground">
                    as {roleLabels[invitation.role].toLowerCase()}
                  </span>
                </p>
                <p className="truncate text-muted-foreground text-xs">
                  {invitation.invited_by ? `By ${invitation.invited_by}, ` : null}
                  {invitation.is_expired ? null : (
                    <>
                      ends <RelativeTime at={invitation.expires_at} />
                    </>
                  )}
                  {invitation.last_used_at ? (
                    <>
                      {invitation.is_expired ? null : ', '}last used{' '}
                      <RelativeTime at={invitation.last_used_at} />
                    </>
                  ) : null}
                </p>
              </div>
              {invitation.is_expired ? <Badge variant="warning">Expired</Badge> : null}
              <div className="flex gap-1 max-md:w-full max-md:justify-end">
                <Button
                  variant="ghost"
                  size="sm"
                  loading={busyId === invitation.id}
                  onClick={() => void resend(invitation)}
                >
                  {invitation.email ? 'Send again' : 'New link'}
                </Button>
                <Button variant="ghost" size="sm" onClick={() => setRevoking(invitation)}>
                  Withdraw
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={() => setRevoking(null)}
        title="Withdraw this invitation?"
        description={`${revoking?.email ?? 'Whoever holds the link'} can no longer join with it. Who has joined already stays.`}
        confirmLabel="Withdraw"
        destructive
        onConfirm={async () => {
          if (revoking) await revoke(revoking);
        }}
      />
    </SettingsSection>
  );
}

const messageOf = (error: unknown) => (error instanceof ApiError ? error.message : 'Try again.');
