'use client';

import { useQuery } from '@tanstack/react-query';
import { Mail, Phone } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/copy-button';
import { HoverCard } from '@/components/ui/hover-card';
import { api } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import {
  bestTone,
  type EmailBrief,
  emailState,
  type LinkedInBrief,
  lineTypeWords,
  linkedInState,
  otherSharers,
  type PhoneBrief,
  type PointKind,
  type PointState,
  type PointTone,
  phoneState,
  type Sharers,
} from '@/modules/contact-points/domain';
import { LinkedInGlyph } from './linkedin-glyph';

const sharersFreshMs = 60_000;

const dots: Record<PointTone, string> = {
  ok: 'bg-muted-foreground',
  caution: 'bg-warning',
  blocked: 'bg-destructive',
};

type Point = {
  id: string;
  value: string;
  copy: string;
  state: PointState;
  more: string | null;
  others: number;
  href: string;
};

const kindWords: Record<PointKind, string> = { email: 'E-mail', phone: 'Phone', linkedin: 'LinkedIn' };
const icons: Record<PointKind, (props: { className?: string }) => ReactNode> = {
  email: Mail,
  phone: Phone,
  linkedin: LinkedInGlyph,
};

/**
 * The ways to reach somebody as icons, each with a dot for its state; the card behind an icon tells value, state and
 * who shares it.
 * @param self the record's id, left out of the sharers
 */
export function ChannelIcons({
  self,
  emails = [],
  phones = [],
  linkedin = [],
}: {
  self: string;
  emails?: readonly EmailBrief[];
  phones?: readonly PhoneBrief[];
  linkedin?: readonly LinkedInBrief[];
}) {
  const groups: [PointKind, Point[]][] = [
    [
      'email',
      emails.map((email) => ({
        id: email.id,
        value: email.address,
        copy: email.address,
        state: emailState(email),
        more: email.label,
        others: email.others ?? 0,
        href: `mailto:${email.address}`,
      })),
    ],
    [
      'phone',
      phones.map((phone) => ({
        id: phone.id,
        value: phone.display ?? phone.e164,
        copy: phone.e164,
        state: phoneState(phone),
        more:
          [phone.label, phone.line_type && lineTypeWords[phone.line_type]].filter(Boolean).join(', ') || null,
        others: phone.others ?? 0,
        href: `tel:${phone.e164}`,
      })),
    ],
    [
      'linkedin',
      linkedin.map((profile) => ({
        id: profile.id,
        value: profile.url.replace(/^https:\/\/www\.linkedin\.com\//, ''),
        copy: profile.url,
        state: linkedInState(profile),
        more: profile.label,
        others: profile.others ?? 0,
        href: profile.url,
      })),
    ],
  ];
  return (
    <span className="inline-flex items-center gap-0.5">
      {groups.map(([kind, points]) =>
        // an empty place keeps the icons of all rows in their columns
        points.length === 0 ? (
          <span key={kind} aria-hidden className="size-6 max-md:hidden" />
        ) : (
          <ChannelIcon key={kind} kind={kind} points={points} self={self} />
        ),
      )}
    </span>
  );
}

function ChannelIcon({ kind, points, self }: { kind: PointKind; points: Point[]; self: string }) {
  const Icon = icons[kind];
  const tone = bestTone(points.map(({ state }) => state));
  const essence = points.map(({ value, state }) => `${value}, ${state.words}`).join('; ');
  return (
    <HoverCard
      label={`${kindWords[kind]}: ${essence}`}
      content={() => (
        <div className="grid gap-3">
          {points.map((point) => (
            <PointCard key={point.id} kind={kind} point={point} self={self} />
          ))}
        </div>
      )}
    >
      <Icon
        className={cn('size-3.5', tone === 'blocked' ? 'text-muted-foreground/70' : 'text-muted-foreground')}
      />
      <span
        aria-hidden
        className={cn(
          'absolute right-0.5 bottom-0.5 size-1.5 rounded-full ring-2 ring-background',
          dots[tone],
        )}
      />
    </HoverCard>
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
        <span aria-hidden className={cn('size-1.5 rounded-full', dots[point.state.tone])} />
        {point.state.words}
        {point.more ? <span>· {point.more}</span> : null}
      </p>
      <SharedBy kind={kind} id={point.id} self={self} />
    </div>
  );
}

/** Who else stands behind a point; asked for when it is looked at. */
export function SharedBy({ kind, id, self }: { kind: PointKind; id: string; self: string }) {
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
