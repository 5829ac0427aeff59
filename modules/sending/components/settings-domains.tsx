'use client';

import { ChevronRight, Ellipsis, Globe, Pause, Pencil, Play, Plus, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { EmptyState } from '@/components/empty-state';
import { Menu } from '@/components/menu';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { SettingsSection } from '@/components/settings-section';
import { StatusBadge } from '@/components/status-badge';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import type { SendingDomain } from '../schema';
import { capWords, domainState, paceWords } from '../settings-words';
import { DnsRecords } from './settings-dns';
import type { SendingWrites } from './use-sending-settings';

const DomainDialog = dynamic(() => import('./settings-domain-dialog').then((module) => module.DomainDialog));

/** The domains that mails go out from: how each stands, what it sent today, its pace, its DNS. */
export function SettingsDomains({
  domains,
  today,
  isEu,
  writes,
  canEdit,
}: {
  domains: SendingDomain[];
  today: string;
  isEu: boolean;
  writes: SendingWrites;
  canEdit: boolean;
}) {
  const [editing, setEditing] = useState<SendingDomain | 'new' | null>(null);
  const [removing, setRemoving] = useState<SendingDomain | null>(null);
  const add = canEdit ? (
    <Button variant="outline" size="sm" onClick={() => setEditing('new')}>
      <Plus aria-hidden /> Add a domain
    </Button>
  ) : null;

  const setStatus = (domain: SendingDomain, status: SendingDomain['status']) =>
    writes.attempt(
      status === 'paused' ? `${domain.domain} still sends` : `${domain.domain} is still paused`,
      (now) => ({
        ...now,
        domains: now.domains.map((one) =>
          one.id === domain.id ? { ...one, status, paused_reason: null } : one,
        ),
      }),
      () => api('PATCH', `/api/sending-domains/${domain.id}`, { status }),
    );
  const pause = async (domain: SendingDomain) => {
    if (!(await setStatus(domain, 'paused'))) return;
    notify.success(`${domain.domain} is paused`, {
      description: 'Its first e-mails move to other domains; threads that began on it wait.',
      action: { label: 'Undo', onClick: () => void setStatus(domain, 'active') },
    });
  };
  const retry = (domain: SendingDomain) =>
    writes.attempt(
      'Nothing was tried',
      (now) => now,
      async () => {
        await api('POST', `/api/sending-domains/${domain.id}/retry`);
        notify.success('The next e-mail is tried within a minute');
      },
    );

  return (
    <SettingsSection
      wide
      title="Domains"
      description="E-mails of campaigns take turns between these. A domain of its own for outreach keeps your main one clean."
      action={domains.length > 0 ? add : null}
    >
      {domains.length === 0 ? (
        <EmptyState
          icon={Globe}
          headingLevel={3}
          className="max-w-none rounded-lg border border-dashed py-10"
          title="No domain yet"
          description="Campaigns need at least one domain to send from."
          action={add}
        />
      ) : (
        <ul aria-label="Domains" className="divide-y rounded-lg border">
          {domains.map((domain) => (
            <DomainRow
              key={domain.id}
              domain={domain}
              today={today}
              isEu={isEu}
              canEdit={canEdit}
              onEdit={() => setEditing(domain)}
              onPause={() => void pause(domain)}
              onResume={() => void setStatus(domain, 'active')}
              onRetry={() => void retry(domain)}
              onRemove={() => setRemoving(domain)}
            />
          ))}
        </ul>
      )}
      {editing ? (
        <DomainDialog
          domain={editing === 'new' ? null : editing}
          today={today}
          onSaved={() => void writes.refresh()}
          onClose={() => setEditing(null)}
        />
      ) : null}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={`Remove ${removing?.domain ?? ''}?`}
        description={
          removing && removing.queued > 0
            ? `${formatCount(removing.queued, 'e-mail')} waiting for it move to your other domains, or wait until there is one. What it sent stays in the history.`
            : 'Nothing waits for it. What it sent stays in the history.'
        }
        confirmLabel="Remove"
        destructive
        onConfirm={async () => {
          if (!removing) return;
          await api('DELETE', `/api/sending-domains/${removing.id}`);
          notify.success(`${removing.domain} was removed`);
          await writes.refresh();
        }}
      />
    </SettingsSection>
  );
}

function DomainRow({
  domain,
  today,
  isEu,
  canEdit,
  onEdit,
  onPause,
  onResume,
  onRetry,
  onRemove,
}: {
  domain: SendingDomain;
  today: string;
  isEu: boolean;
  canEdit: boolean;
  onEdit: () => void;
  onPause: () => void;
  onResume: () => void;
  onRetry: () => void;
  onRemove: () => void;
}) {
  const [showsDns, setShowsDns] = useState(false);
  const state = domainState(domain, today);
  const isStopped = domain.status === 'active' && domain.breaker === 'open';
  return (
    <li className="px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-56">
          <p className="wrap-anywhere font-medium text-sm">{domain.domain}</p>
          <p className="text-muted-foreground text-xs tabular-nums">
            {capWords(domain, today)}
            {' · '}
            {paceWords(domain)}
            {domain.queued > 0 ? ` · ${formatCount(domain.queued, 'e-mail')} waiting` : null}
          </p>
        </div>
        <div className="flex items-center gap-3 max-md:w-full max-md:justify-between">
          <StatusBadge label={state.label} glyph={state.glyph} tone={state.tone} />
          {canEdit ? (
            <div className="flex items-center gap-1">
              {domain.status === 'paused' ? (
                <Button variant="ghost" size="sm" onClick={onResume}>
                  <Play aria-hidden /> Resume
                </Button>
              ) : isStopped ? (
                <Button variant="ghost" size="sm" onClick={onRetry}>
                  Try now
                </Button>
              ) : null}
              <Menu
                label={`More on ${domain.domain}`}
                align="end"
                items={() => [
                  { label: 'Pace and cap', icon: Pencil, onSelect: onEdit },
                  ...(domain.status === 'active' ? [{ label: 'Pause', icon: Pause, onSelect: onPause }] : []),
                  'separator' as const,
                  { label: 'Remove', icon: Trash2, destructive: true, onSelect: onRemove },
                ]}
                trigger={(props) => (
                  <Button {...props} variant="ghost" size="icon-sm" aria-label={`More on ${domain.domain}`}>
                    <Ellipsis aria-hidden />
                  </Button>
                )}
              />
            </div>
          ) : null}
        </div>
      </div>
      {state.detail || isStopped ? (
        <p className="wrap-anywhere mt-1 text-muted-foreground text-xs">
          {state.detail}
          {isStopped && domain.breaker_until ? (
            <>
              {' '}
              It tries again by itself <RelativeTime at={domain.breaker_until} />.
            </>
          ) : null}
        </p>
      ) : null}
      <button
        type="button"
        aria-expanded={showsDns}
        onClick={() => setShowsDns(!showsDns)}
        className="mt-1 inline-flex items-center gap-1 rounded-sm text-muted-foreground text-xs hover:text-foreground max-md:h-10"
      >
        <ChevronRight
          aria-hidden
          className={`size-3 transition-transform duration-120 ${showsDns ? 'rotate-90' : ''}`}
        />
        DNS records
      </button>
      {showsDns ? <DnsRecords domain={domain.domain} isEu={isEu} /> : null}
    </li>
  );
}
