'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { api } from '@/lib/api-client';
import type { Role } from '@/lib/http/context';
import type { Member } from '../types';

const nameOf = (member: Member) => member.full_name || member.email;

/** Handing the workspace over, and leaving it. Each says what happens before it does. */
export function DangerZone({
  workspaceId,
  name,
  role,
  userId,
  members,
}: {
  workspaceId: string;
  name: string;
  role: Role;
  userId: string;
  members: readonly Member[];
}) {
  const router = useRouter();
  const others = members.filter((member) => member.user_id !== userId);
  const [heirId, setHeirId] = useState(others[0]?.user_id ?? '');
  const [asking, setAsking] = useState<'transfer' | 'leave' | null>(null);
  const heir = others.find((member) => member.user_id === heirId);
  const isLastOwner = role === 'owner' && !others.some((member) => member.role === 'owner');

  async function transfer() {
    await api('POST', `/api/workspaces/${workspaceId}/transfer`, { user_id: heirId });
    notify.success(`${heir ? nameOf(heir) : 'They'} now owns ${name}. You are an admin.`);
    router.refresh();
  }
  async function leave() {
    await api('POST', `/api/workspaces/${workspaceId}/leave`);
    window.location.assign('/');
  }

  return (
    <SettingsSection title="Ownership and leaving" danger>
      <ul className="divide-y rounded-lg border">
        <Act
          title="Transfer ownership"
          text={
            role !== 'owner'
              ? 'Only an owner can hand the workspace over.'
              : others.length === 0
                ? 'Invite somebody first: there is nobody to hand it to.'
                : 'Somebody else becomes the owner, and you an admin.'
          }
        >
          {role === 'owner' && others.length > 0 ? (
            <NativeSelect
              aria-label="New owner"
              className="min-w-40 max-md:flex-1"
              value={heirId}
              onChange={(event) => setHeirId(event.target.value)}
            >
              {others.map((member) => (
                <option key={member.user_id} value={member.user_id}>
                  {nameOf(member)}
                </option>
              ))}
            </NativeSelect>
          ) : null}
          <Button
            variant="outline"
            disabled={role !== 'owner' || !heir}
            onClick={() => setAsking('transfer')}
          >
            Transfer
          </Button>
        </Act>
        <Act
          title="Leave this workspace"
          text={
            isLastOwner
              ? 'You are its only owner: transfer ownership first.'
              : 'You lose access at once. What you did here stays.'
          }
        >
          <Button variant="outline" disabled={isLastOwner} onClick={() => setAsking('leave')}>
            Leave
          </Button>
        </Act>
      </ul>
      <ConfirmDialog
        open={asking === 'transfer'}
        onOpenChange={() => setAsking(null)}
        title={`Make ${heir ? nameOf(heir) : 'them'} the owner of ${name}?`}
        description="You become an admin. Only the new owner can give ownership back."
        confirmLabel="Transfer ownership"
        destructive
        onConfirm={transfer}
      />
      <ConfirmDialog
        open={asking === 'leave'}
        onOpenChange={() => setAsking(null)}
        title={`Leave ${name}?`}
        description="You lose access at once; an admin has to invite you again. Your notes, records and log entries stay."
        confirmLabel="Leave"
        destructive
        onConfirm={leave}
      />
    </SettingsSection>
  );
}

function Act({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{title}</p>
        <p className="text-muted-foreground text-sm">{text}</p>
      </div>
      <div className="flex items-center gap-2">{children}</div>
    </li>
  );
}
