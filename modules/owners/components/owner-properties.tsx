'use client';

import { MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import { RelativeTime } from '@/components/relative-time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatCount, formatNumber } from '@/lib/format';
import { placeOf } from '@/modules/properties/domain';
import { DetailSection } from '@/modules/records/components/detail-layout';
import type { RecordSlots } from '@/modules/records/components/record-slots';
import type { OwnedProperty, OwnerThread } from '../schema';

const tones = { open: 'info', won: 'neutral', lost: 'danger' } as const;

/** What an owner owns, each with where it stands on the board and the way to talk about it. */
export function OwnerProperties({
  properties,
  isLive,
  offBoard,
  onThread,
}: {
  properties: readonly OwnedProperty[];
  isLive: boolean;
  /** What stands beside a property that is on no board. */
  offBoard: RecordSlots['offBoard'];
  onThread: (property: string) => void;
}) {
  return (
    <DetailSection title="Properties" count={properties.length}>
      {properties.length === 0 ? (
        <p className="text-muted-foreground text-sm">
          None yet. Give them the role of owner on a property’s page, or import a list that names them.
        </p>
      ) : null}
      <ul>
        {properties.map(({ id, name, card, units, ...property }) => (
          <li key={id} className="group/link flex items-start gap-2 py-1 text-sm">
            <div className="min-w-0 flex-1">
              <Link href={`/properties/${id}`} prefetch={false} className="block truncate hover:underline">
                {name}
              </Link>
              <p className="truncate text-muted-foreground text-xs">
                {[
                  placeOf({ ...property, address: property.address === name ? null : property.address }),
                  units !== null && formatCount(units, 'unit'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            {card ? (
              <Link href={`/verification?card=${card.id}`} prefetch={false} className="shrink-0">
                <Badge
                  variant={card.sla_breached_at && card.result === 'open' ? 'danger' : tones[card.result]}
                >
                  {card.stage}
                  {card.score === null ? null : (
                    <span className="tabular-nums">{formatNumber(card.score)}</span>
                  )}
                </Badge>
              </Link>
            ) : isLive ? (
              offBoard?.({ id, name })
            ) : null}
            {isLive ? (
              <Button
                variant="ghost"
                size="icon-sm"
                className="size-6 opacity-0 focus-visible:opacity-100 group-hover/link:opacity-100 max-md:size-10 max-md:opacity-100"
                aria-label={`Open the conversation about ${name}`}
                onClick={() => onThread(id)}
              >
                <MessagesSquare aria-hidden className="size-3.5 text-muted-foreground" />
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </DetailSection>
  );
}

/** The conversations with an owner, the one with the latest word first. */
export function OwnerThreads({ threads }: { threads: readonly OwnerThread[] }) {
  if (threads.length === 0) return null;
  return (
    <DetailSection title="Conversations" count={threads.length}>
      <ul>
        {threads.map(({ id, conversation_id, subject, last_message, last_message_at }) => (
          <li key={id} className="py-1 text-sm">
            <span className="flex items-baseline gap-2">
              <Link
                href={`/messages/${conversation_id}`}
                prefetch={false}
                className="min-w-0 flex-1 truncate hover:underline"
              >
                {subject}
              </Link>
              {last_message_at ? (
                <RelativeTime at={last_message_at} className="shrink-0 text-muted-foreground text-xs" />
              ) : null}
            </span>
            <p className="truncate text-muted-foreground text-xs">{last_message ?? 'Nothing written yet'}</p>
          </li>
        ))}
      </ul>
    </DetailSection>
  );
}
