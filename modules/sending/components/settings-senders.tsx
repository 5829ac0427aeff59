'use client';

import { Archive, ArchiveRestore, Pencil, Plus, UserRound } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { EmptyState } from '@/components/empty-state';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import type { Sender, SendingSettings } from '../schema';
import type { SendingWrites } from './use-sending-settings';

const SenderDialog = dynamic(() => import('./settings-sender-dialog').then((module) => module.SenderDialog));

/** Whose names mails carry, and where the answers go. */
export function SettingsSenders({
  settings,
  writes,
  canEdit,
}: {
  settings: SendingSettings;
  writes: SendingWrites;
  canEdit: boolean;
}) {
  const [editing, setEditing] = useState<Sender | 'new' | null>(null);
  const { senders } = settings;
  const example = settings.domains[0]?.domain;
  const add = canEdit ? (
    <Button variant="outline" size="sm" onClick={() => setEditing('new')}>
      <Plus aria-hidden /> Add a sender
    </Button>
  ) : null;

  const setArchived = (sender: Sender, archived: boolean) =>
    writes.attempt(
      archived ? `${sender.name} is still in use` : `${sender.name} is still archived`,
      (now) => ({
        ...now,
        senders: now.senders.map((one) =>
          one.id === sender.id ? { ...one, archived_at: archived ? new Date().toISOString() : null } : one,
        ),
      }),
      () => api('PATCH', `/api/senders/${sender.id}`, { archived }),
    );
  const archive = async (sender: Sender) => {
    if (!(await setArchived(sender, true))) return;
    notify.success(`${sender.name} was archived`, {
      description: 'Campaigns that run go on under this name.',
      action: { label: 'Undo', onClick: () => void setArchived(sender, false) },
    });
  };

  return (
    <SettingsSection
      wide
      title="Senders"
      description="The name e-mails are from, what stands at their foot, and where answers go."
      action={senders.length > 0 ? add : null}
    >
      {senders.length === 0 ? (
        <EmptyState
          icon={UserRound}
          headingLevel={3}
          className="max-w-none rounded-lg border border-dashed py-10"
          title="No sender yet"
          description="A campaign is sent in somebody’s name, with a postal address at its foot."
          action={add}
        />
      ) : (
        <ul aria-label="Senders" className="divide-y rounded-lg border">
          {senders.map((sender) => (
            <li key={sender.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2.5">
              <div className="min-w-0 flex-1 basis-56">
                <p className="flex items-center gap-2 text-sm">
                  <span className="wrap-anywhere font-medium">{sender.name}</span>
                  {sender.archived_at ? <Badge>Archived</Badge> : null}
                </p>
                <p className="wrap-anywhere text-muted-foreground text-xs">
                  {sender.local_part}@{example ?? '…'}
                  {' · '}
                  {answersTo(sender)}
                </p>
                <p className="wrap-anywhere text-muted-foreground text-xs">{sender.postal_address}</p>
              </div>
              {canEdit ? (
                <div className="flex gap-1">
                  {sender.archived_at ? (
                    <Button variant="ghost" size="sm" onClick={() => void setArchived(sender, false)}>
                      <ArchiveRestore aria-hidden /> Bring back
                    </Button>
                  ) : (
                    <>
                      <Button variant="ghost" size="sm" onClick={() => setEditing(sender)}>
                        <Pencil aria-hidden /> Edit
                      </Button>
                      <Button variant="ghost" size="sm" onClick={() => void archive(sender)}>
                        <Archive aria-hidden /> Archive
                      </Button>
                    </>
                  )}
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {editing ? (
        <SenderDialog
          sender={editing === 'new' ? null : editing}
          mailboxes={settings.mailboxes}
          domain={example ?? null}
          onSaved={() => void writes.refresh()}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </SettingsSection>
  );
}

function answersTo({ mailbox, reply_to: replyTo }: Sender): string {
  if (mailbox) return `answers to ${mailbox}, read here`;
  return replyTo ? `answers to ${replyTo}, not read here` : 'answers to the sending address';
}
