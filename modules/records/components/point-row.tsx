'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Ban, Ellipsis, Mail, PenLine, Phone, PhoneOff, RotateCcw, Star, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { InlineText } from '@/components/inline-edit';
import { Menu, type MenuItem } from '@/components/menu';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import {
  type EmailDetail,
  otherSharers,
  type PhoneDetail,
  type PointKind,
  type PointState,
  type Sharers,
} from '@/modules/contact-points/domain';
import type { LinkedEntity } from '../domain';
import { LinkedInGlyph } from './linkedin-glyph';
import { PointForm } from './point-form';
import { orSay, useRecordWrites } from './use-record';

/** A contact point as its row shows it. */
export type ShownPoint = {
  kind: PointKind;
  id: string;
  /** As it is stored and copied. */
  value: string;
  display: string;
  href: string;
  label: string | null;
  is_primary: boolean;
  state: PointState;
  reason: string | null;
  more: string | null;
  sharers: Sharers;
  phone?: PhoneDetail;
  email?: EmailDetail;
};

const icons = { phone: Phone, email: Mail, linkedin: LinkedInGlyph };
const tones = { ok: 'text-muted-foreground', caution: 'text-warning-text', blocked: 'text-destructive-text' };

/** Its label and what else is known of it, each once: "Mobile" is what a mobile is often labelled. */
function pointWords(label: string | null, more: string | null): string {
  if (label && more && label.toLowerCase() === more.toLowerCase()) return label;
  return [label, more].filter(Boolean).join(' · ');
}

/** One contact point of a record. */
export function PointRow({
  owner,
  one,
  point,
  isChoice,
}: {
  owner: { entity: LinkedEntity; id: string };
  one: string;
  point: ShownPoint;
  /** There are several of its kind, so that one is the primary. */
  isChoice: boolean;
}) {
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const { call, refresh } = useRecordWrites(owner.entity, owner.id, one);
  const others = otherSharers(point.sharers, owner.id);
  const Icon = icons[point.kind];
  const path = `/api/contact-points/${point.kind}/${point.id}`;

  async function setState(change: Record<string, unknown>) {
    await api('PATCH', path, change);
    // the state holds for everybody behind the point
    await Promise.all([refresh(), client.invalidateQueries({ queryKey: ['contact-points'] })]);
  }
  /** A change of state from the menu: says what it means, and can be taken back. */
  const change = (next: Record<string, unknown>, back: Record<string, unknown>, words: string) =>
    orSay('The state was not changed', async () => {
      await setState(next);
      notify.success(words, {
        description: others.length > 0 ? 'This holds for everybody who shares it.' : undefined,
        action: { label: 'Undo', onClick: () => void orSay('Not undone', () => setState(back)) },
      });
    });

  const remove = () =>
    orSay('Nothing was removed', async () => {
      await call('DELETE', `points?kind=${point.kind}&point=${point.id}`);
      notify.success(`${point.display} was removed`, {
        action: {
          label: 'Undo',
          onClick: () =>
            void orSay('Not undone', () =>
              call('POST', 'points', {
                kind: point.kind,
                value: point.value,
                label: point.label,
                is_primary: point.is_primary,
              }),
            ),
        },
      });
    });

  const items = (): MenuItem[] => [
    ...(point.is_primary
      ? []
      : [
          {
            label: 'Make primary',
            icon: Star,
            onSelect: () =>
              void orSay('Not changed', () =>
                call('PATCH', 'points', { kind: point.kind, point: point.id, is_primary: true }),
              ),
          },
        ]),
    { label: 'Edit', icon: PenLine, onSelect: () => setEditing(true) },
    'separator',
    ...stateItems(point, change),
    { label: `Remove from this ${one}`, icon: Trash2, destructive: true, onSelect: () => void remove() },
  ];

  if (editing) {
    return (
      <li>
        <PointForm
          owner={owner}
          one={one}
          kinds={[point.kind]}
          edited={point}
          onClose={() => setEditing(false)}
        />
      </li>
    );
  }
  return (
    <li className="group/point flex items-start gap-2 py-1 text-sm">
      <Icon aria-hidden className="mt-1 max-md:mt-3 size-4 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6 items-center gap-1.5 max-md:min-h-10">
          <a
            href={point.href}
            {...(point.kind === 'linkedin' && { target: '_blank', rel: 'noreferrer' })}
            className={cn(
              'min-w-0 truncate hover:underline',
              point.state.tone === 'blocked' && 'text-muted-foreground line-through',
            )}
          >
            {point.display}
          </a>
          {isChoice && point.is_primary ? (
            <Star aria-label="Primary" className="size-3 shrink-0 fill-current text-muted-foreground" />
          ) : null}
        </div>
        <p className="flex flex-wrap items-center gap-x-1.5 text-muted-foreground text-xs empty:hidden max-md:-mt-2">
          {point.state.tone === 'ok' ? null : (
            <span className={cn('font-medium', tones[point.state.tone])}>{point.state.words}</span>
          )}
          {pointWords(point.label, point.more)}
        </p>
        {point.phone?.do_not_call ? (
          <InlineText
            className="text-xs"
            label="Why not to call"
            placeholder="Say why"
            value={point.reason ?? ''}
            onSave={(reason) => setState({ do_not_call_reason: reason || null })}
          />
        ) : point.reason ? (
          <p className="text-muted-foreground text-xs">{point.reason}</p>
        ) : null}
        {others.length > 0 ? (
          <p className="text-xs">
            <span className="text-muted-foreground">Shared with </span>
            {others.map(({ href, name }, index) => (
              <span key={href}>
                {index > 0 ? ', ' : null}
                <Link href={href} prefetch={false} className="underline-offset-2 hover:underline">
                  {name ?? 'No name'}
                </Link>
              </span>
            ))}
          </p>
        ) : null}
      </div>
      <span className="flex shrink-0 items-center opacity-0 focus-within:opacity-100 group-hover/point:opacity-100 has-aria-expanded:opacity-100 max-md:opacity-100">
        <CopyButton value={point.value} label={`Copy ${point.display}`} />
        <Menu
          label={`Options of ${point.display}`}
          align="end"
          items={items}
          trigger={(props) => (
            <button
              type="button"
              {...props}
              aria-label={`Options of ${point.display}`}
              className="inline-flex size-6 items-center justify-center rounded-sm text-muted-foreground hover:bg-accent max-md:size-10"
            >
              <Ellipsis aria-hidden className="size-4" />
            </button>
          )}
        />
      </span>
    </li>
  );
}

type Change = (next: Record<string, unknown>, back: Record<string, unknown>, words: string) => Promise<void>;

/** What a person may say about the point itself. */
function stateItems({ phone, email, display }: ShownPoint, change: Change): MenuItem[] {
  if (phone) {
    const { do_not_call, do_not_call_reason, status } = phone;
    const kept = { do_not_call, ...(do_not_call && { do_not_call_reason }) };
    return [
      do_not_call
        ? {
            label: 'Allow calls again',
            icon: RotateCcw,
            onSelect: () => void change({ do_not_call: false }, kept, `${display} may be called again`),
          }
        : {
            label: 'Do not call',
            icon: PhoneOff,
            onSelect: () => void change({ do_not_call: true }, kept, `${display} will not be called`),
          },
      status === 'active'
        ? {
            label: 'Wrong number',
            icon: Ban,
            onSelect: () => void change({ status: 'invalid' }, { status }, `${display} is marked as wrong`),
          }
        : {
            label: 'The number works',
            icon: RotateCcw,
            onSelect: () => void change({ status: 'active' }, { status }, `${display} is active again`),
          },
      'separator',
    ];
  }
  if (!email) return [];
  const { status } = email;
  return [
    status === 'active'
      ? {
          label: 'Do not write to it',
          icon: Ban,
          onSelect: () =>
            void change({ status: 'suppressed' }, { status: 'active' }, `${display} is suppressed`),
        }
      : {
          label: 'Allow writing again',
          icon: RotateCcw,
          onSelect: () =>
            void change({ status: 'active' }, { status: 'suppressed' }, `${display} may be written to again`),
        },
    'separator',
  ];
}
