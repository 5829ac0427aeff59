'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { FormNotice } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { SettingsSection } from '@/components/settings-section';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { ApiError, api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import type { Role } from '@/lib/http/context';
import { useLive } from '@/lib/use-live';
import { roleHelp, roleLabels, whyRoleIsFixed } from '../roles';
import type { Invitation, Member } from '../types';
import { OpenInvitations } from './open-invitations';

const InviteDialog = dynamic(() => import('./invite-dialog').then((module) => module.InviteDialog), {
  ssr: false,
});

const nameOf = (member: Member) => member.full_name || member.email;
const messageOf = (error: unknown) => (error instanceof ApiError ? error.message : 'Try again.');

/** Who is in the workspace, with what role, and who is invited. */
export function Members({
  myId,
  myRole,
  members: initial,
  invitations,
}: {
  myId: string;
  myRole: Role;
  members: readonly Member[];
  invitations: readonly Invitation[];
}) {
  const client = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Member | null>(null);
  const query = useQuery({
    queryKey: ['workspaces', 'members'],
    queryFn: async ({ signal }) =>
      (await api<{ items: Member[] }>('GET', '/api/members', undefined, { signal })).items,
    initialData: [...initial],
  });
  useLive('members', () => {
    void client.invalidateQueries({ queryKey: ['workspaces', 'members'] });
    void client.invalidateQueries({ queryKey: ['workspaces', 'invitations'] });
  });
  const isAdmin = myRole !== 'member';

  const setRole = (id: string, role: Role) =>
    client.setQueryData<Member[]>(['workspaces', 'members'], (rows) =>
      rows?.map((row) => (row.user_id === id ? { ...row, role } : row)),
    );

  async function changeRole(member: Member, role: Role, isUndo = false) {
    setRole(member.user_id, role);
    try {
      await api('PATCH', `/api/members/${member.user_id}`, { role });
      notify.success(`${nameOf(member)} is ${role === 'member' ? 'a' : 'an'} ${role} now`, {
        action: isUndo
          ? undefined
          : { label: 'Undo', onClick: () => void changeRole({ ...member, role }, member.role, true) },
      });
    } catch (error) {
      setRole(member.user_id, member.role);
      notify.error(`${nameOf(member)} is still ${roleLabels[member.role].toLowerCase()}`, {
        description: messageOf(error),
      });
    }
  }
  async function remove(member: Member) {
    await api('DELETE', `/api/members/${member.user_id}`);
    client.setQueryData<Member[]>(['workspaces', 'members'], (rows) =>
      rows?.filter((row) => row.user_id !== member.user_id),
    );
    notify.success(`${nameOf(member)} is no longer in the workspace`);
  }

  const members = query.data;
  return (
    <>
      <SettingsSection
        wide
        title="Members"
        description={
          isAdmin
            ? formatCount(members.length, 'person', 'people')
            : 'Only admins and owners invite people and change roles.'
        }
        action={
          <Button disabled={!isAdmin} onClick={() => setInviting(true)}>
            <UserPlus aria-hidden />
            Invite
          </Button>
        }
      >
        {query.isError ? (
          <div className="mb-3">
            <FormNotice tone="problem">
              The list could not be brought up to date.{' '}
              <button type="button" className="underline" onClick={() => void query.refetch()}>
                Try again
              </button>
            </FormNotice>
          </div>
        ) : null}
        <Table label="Members">
          <TableHeader>
            <TableRow>
              <TableHead>Name</TableHead>
              <TableHead>Role</TableHead>
              <TableHead className="max-md:hidden">Joined</TableHead>
              <TableHead>
                <span className="sr-only">Actions</span>
              </TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {members.map((member) => (
              <MemberRow
                key={member.user_id}
                member={member}
                isMe={member.user_id === myId}
                myRole={myRole}
                onRole={(role) => void changeRole(member, role)}
                onRemove={() => setRemoving(member)}
              />
            ))}
          </TableBody>
        </Table>
      </SettingsSection>
      {isAdmin ? <OpenInvitations initial={invitations} onInvite={() => setInviting(true)} /> : null}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={`Remove ${removing ? nameOf(removing) : 'this member'}?`}
        description="They lose access at once. Their records, notes and log entries stay."
        confirmLabel="Remove"
        destructive
        onConfirm={async () => {
          if (removing) await remove(removing);
        }}
      />
    </>
  );
}

function MemberRow({
  member,
  isMe,
  myRole,
  onRole,
  onRemove,
}: {
  member: Member;
  isMe: boolean;
  myRole: Role;
  onRole: (role: Role) => void;
  onRemove: () => void;
}) {
  const why = whyRoleIsFixed({ myRole, theirRole: member.role, isMe });
  const choices: Role[] =
    myRole === 'owner' || member.role === 'owner' ? ['member', 'admin', 'owner'] : ['member', 'admin'];
  return (
    <TableRow>
      {/* the name gives way, so that what can be done stays in view on a phone */}
      <TableCell className="w-full max-w-0">
        <div className="flex min-w-0 items-center gap-2.5">
          <Avatar name={nameOf(member)} size={24} />
          <div className="min-w-0">
            <p className="truncate">
              {nameOf(member)}
              {isMe ? <span className="text-muted-foreground"> (you)</span> : null}
            </p>
            {member.full_name ? (
              <p className="truncate text-muted-foreground text-xs">{member.email}</p>
            ) : null}
          </div>
        </div>
      </TableCell>
      <TableCell>
        <NativeSelect
          aria-label={`Role of ${nameOf(member)}`}
          className="w-28"
          value={member.role}
          disabled={why !== null}
          title={why ?? roleHelp[member.role]}
          onChange={(event) => onRole(event.target.value as Role)}
        >
          {choices.map((role) => (
            <option key={role} value={role}>
              {roleLabels[role]}
            </option>
          ))}
        </NativeSelect>
      </TableCell>
      <TableCell className="whitespace-nowrap text-muted-foreground max-md:hidden">
        <RelativeTime at={member.joined_at} />
      </TableCell>
      <TableCell className="text-right">
        {isMe ? null : (
          <Button
            variant="ghost"
            size="sm"
            disabled={why !== null}
            title={why ?? undefined}
            aria-label={`Remove ${nameOf(member)}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}
