'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { CopyButton } from '@/components/copy-button';
import { api } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import { otherSharers, type PointKind, type Sharers } from '@/modules/contact-points/domain';
import { type Point, toneDots } from './channel-icons';

const sharersFreshMs = 60_000;

/** What the card behind a channel's icon tells: each value to copy, its state, and who shares it. */
export function PointCards({
  kind,
  points,
  self,
}: {
  kind: PointKind;
  points: readonly Point[];
  self: string;
}) {
  return (
    <div className="grid gap-3">
      {points.map((point) => (
        <PointCard key={point.id} kind={kind} point={point} self={self} />
      ))}
    </div>
  );
}

function PointCard({ kind, point, self }: { kind: PointKind; point: Point; self: string }) {
  return (
    <div className="grid gap-1">
      <div className="flex items-center gap-1">
        <a
          href={point.href}
          {...(kind === 'linkedin' && { target: '_blank', rel: 'noreferrer' })}
          className="min-w-0 flex-1 truncate font-medium hover:underline"
        >
          {point.value}
        </a>
        <CopyButton value={point.copy} label={`Copy ${point.copy}`} />
      </div>
      <p className="flex items-center gap-1.5 text-muted-foreground text-xs">
        <span aria-hidden className={cn('size-1.5 rounded-full', toneDots[point.state.tone])} />
        {point.state.words}
        {point.more ? <span>· {point.more}</span> : null}
      </p>
      <SharedBy kind={kind} id={point.id} self={self} />
    </div>
  );
}

/** Who else stands behind a point; asked for when it is looked at. */
function SharedBy({ kind, id, self }: { kind: PointKind; id: string; self: string }) {
  const { data, isError } = useQuery({
    queryKey: ['contact-points', kind, id, 'sharers'],
    queryFn: ({ signal }) => api<Sharers>('GET', `/api/contact-points/${kind}/${id}`, undefined, { signal }),
    staleTime: sharersFreshMs,
  });
  if (isError) return <p className="text-muted-foreground text-xs">Who shares it could not be loaded.</p>;
  if (!data) return null;
  const others = otherSharers(data, self);
  if (others.length === 0) return null;
  return (
    <p className="text-xs">
      <span className="text-muted-foreground">Shared with </span>
      {others.map(({ id, name, href }, index) => (
        <span key={href}>
          {index > 0 ? ', ' : null}
          <Link href={href} prefetch={false} className="underline-offset-2 hover:underline" key={id}>
            {name ?? 'No name'}
          </Link>
        </span>
      ))}
    </p>
  );
}
