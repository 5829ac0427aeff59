'use client';

import { Ellipsis, ExternalLink, Mail, NotebookPen, PenLine, Phone, Trash2 } from 'lucide-react';
import { CopyButton } from '@/components/copy-button';
import { Menu } from '@/components/menu';
import { Button } from '@/components/ui/button';
import type { OutreachChannel } from '@/modules/outreach/domain';
import type { FormKind } from './use-record-story';

/**
 * What is done most with an organization or a property: call, log, note, open, edit, delete.
 * @param phone the number to dial, where one may be dialled
 * @param email the address to copy, where one may be written to
 */
export function RecordActions({
  phone,
  email,
  website,
  kinds,
  onReach,
  onLog,
  onNote,
  onEdit,
  onDelete,
}: {
  phone?: { e164: string };
  email?: { address: string };
  website?: string | null;
  /** What can be logged beside outreach, for the menu. */
  kinds: readonly { kind: FormKind; label: string }[];
  onReach: (channel?: OutreachChannel) => void;
  onLog: (kind: FormKind) => void;
  onNote: () => void;
  onEdit: () => void;
  onDelete: () => void;
}) {
  return (
    <div className="mt-3 flex flex-wrap items-center gap-1.5">
      {phone ? (
        <Button variant="outline" size="sm" asChild>
          <a href={`tel:${phone.e164}`}>
            <Phone aria-hidden /> Call
          </a>
        </Button>
      ) : null}
      <Button variant="outline" size="sm" onClick={() => onReach('call')}>
        <Phone aria-hidden /> Log call
      </Button>
      <Button variant="outline" size="sm" onClick={() => onReach('email')}>
        <Mail aria-hidden /> Log e-mail
      </Button>
      <Button variant="outline" size="sm" onClick={onNote}>
        <NotebookPen aria-hidden /> Add note
      </Button>
      {website ? (
        <Button variant="outline" size="sm" asChild>
          <a href={website} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden /> Website
          </a>
        </Button>
      ) : null}
      {email ? <CopyButton value={email.address} label={`Copy ${email.address}`} /> : null}
      <Menu
        label="More"
        align="end"
        items={() => [
          { label: 'Edit', icon: PenLine, hint: 'E', onSelect: onEdit },
          ...kinds.map(({ kind, label }) => ({ label, icon: NotebookPen, onSelect: () => onLog(kind) })),
          'separator',
          { label: 'Delete', icon: Trash2, destructive: true, onSelect: onDelete },
        ]}
        trigger={(props) => (
          <Button variant="ghost" size="icon-sm" aria-label="More actions" {...props}>
            <Ellipsis aria-hidden className="text-muted-foreground" />
          </Button>
        )}
      />
    </div>
  );
}
