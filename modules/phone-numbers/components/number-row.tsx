'use client';

import { Archive, ArchiveRestore, Ellipsis, Pause, Pencil, Play, Star } from 'lucide-react';
import { CopyButton } from '@/components/copy-button';
import { Menu, type MenuItem } from '@/components/menu';
import { StatusBadge } from '@/components/status-badge';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatNumber } from '@/lib/format';
import type { PhoneNumberRow } from '../answers';

/** What a number is for, in words. */
export const featureWords = (features: PhoneNumberRow['features']): string =>
  features.length === 2 ? 'Texts and calls' : features[0] === 'voice' ? 'Calls' : 'Texts';

/** How a number stands: what forbids sending first. */
function stateOf(number: PhoneNumberRow): Parameters<typeof StatusBadge>[0] {
  if (number.archived_at) return { label: 'Archived', glyph: 'ban', tone: 'neutral' };
  if (number.status === 'paused') return { label: 'Paused', glyph: 'half', tone: 'warning' };
  if (number.breaker === 'open')
    return { label: 'Stopped after errors, tried again soon', glyph: 'cross', tone: 'danger' };
  if (number.breaker === 'half_open') return { label: 'Being tried again', glyph: 'half', tone: 'warning' };
  if (number.sent_today >= number.daily_cap)
    return { label: 'At today’s cap', glyph: 'half', tone: 'warning' };
  return { label: 'Active', glyph: 'full', tone: 'positive' };
}

/** How long it waits after each text: "1 text a second", "1 every 5 s". */
function paceWords(intervalMs: number): string {
  if (intervalMs === 0) return 'without a pause';
  if (intervalMs === 1000) return '1 text a second';
  if (intervalMs < 1000) return `${formatNumber(1000 / intervalMs, 1)} texts a second`;
  return `1 text every ${formatNumber(intervalMs / 1000, 1)} s`;
}

/** One of our numbers with how it stands, and what can be done with it. */
export function NumberRow({
  number,
  canEdit,
  onEdit,
  onPause,
  onResume,
  onDefault,
  onArchive,
  onRestore,
}: {
  number: PhoneNumberRow;
  canEdit: boolean;
  onEdit: (number: PhoneNumberRow) => void;
  onPause: (number: PhoneNumberRow) => void;
  onResume: (number: PhoneNumberRow) => void;
  onDefault: (number: PhoneNumberRow) => void;
  onArchive: (number: PhoneNumberRow) => void;
  onRestore: (number: PhoneNumberRow) => void;
}) {
  const texts = number.features.includes('sms');
  const isArchived = number.archived_at !== null;
  const items: MenuItem[] = [
    { label: 'Edit', icon: Pencil, onSelect: () => onEdit(number) },
    number.status === 'paused'
      ? { label: 'Resume', icon: Play, onSelect: () => onResume(number) }
      : { label: 'Pause', icon: Pause, onSelect: () => onPause(number) },
    ...(texts && !number.is_default_sender
      ? [{ label: 'Make it the default sender', icon: Star, onSelect: () => onDefault(number) }]
      : []),
    'separator',
    { label: 'Archive', icon: Archive, onSelect: () => onArchive(number) },
  ];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-3 py-2.5 md:grid-cols-[minmax(0,1fr)_12rem_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="wrap-anywhere font-medium">{number.label}</span>
          <span className="inline-flex items-center tabular-nums">
            {number.display}
            <CopyButton value={number.e164} label={`Copy ${number.e164}`} />
          </span>
          {number.is_default_sender && !isArchived ? <Badge>Default sender</Badge> : null}
        </p>
        <p className="text-muted-foreground text-xs">
          {[
            featureWords(number.features),
            number.features.includes('voice') &&
              (number.assigned_to
                ? `rings ${number.assigned_to.name ?? 'a colleague'}`
                : 'rings whoever the caller is assigned to'),
            texts && `${paceWords(number.interval_ms)}, at most ${formatNumber(number.daily_cap)} a day`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {number.paused_reason || (number.breaker !== 'closed' && number.last_error) ? (
          <p className="text-warning-text text-xs">{number.paused_reason ?? number.last_error}</p>
        ) : null}
      </div>
      <div className="grid justify-items-start gap-0.5 max-md:order-last max-md:col-span-2">
        <StatusBadge {...stateOf(number)} className="whitespace-normal" />
        {texts && !isArchived ? (
          <span className="text-muted-foreground text-xs tabular-nums">
            {`${formatNumber(number.sent_today)} of ${formatNumber(number.daily_cap)} texts today`}
          </span>
        ) : null}
      </div>
      {!canEdit ? null : isArchived ? (
        <Button variant="ghost" size="sm" onClick={() => onRestore(number)}>
          <ArchiveRestore aria-hidden /> Bring back
        </Button>
      ) : (
        <Menu
          label={number.label}
          align="end"
          items={items}
          trigger={(props) => (
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`What can be done with ${number.label}`}
              {...props}
            >
              <Ellipsis aria-hidden className="text-muted-foreground" />
            </Button>
          )}
        />
      )}
    </li>
  );
}
