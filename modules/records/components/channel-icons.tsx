'use client';

import { Mail, Phone } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { HoverCard } from '@/components/ui/hover-card';
import { cn } from '@/lib/utils';
import {
  bestTone,
  type EmailBrief,
  emailState,
  type LinkedInBrief,
  lineTypeWords,
  linkedInState,
  type PhoneBrief,
  type PointKind,
  type PointState,
  type PointTone,
  phoneState,
} from '@/modules/contact-points/domain';
import { LinkedInGlyph } from './linkedin-glyph';

const PointCards = dynamic(() => import('./point-cards').then((module) => module.PointCards), { ssr: false });

/** The dot of a state. */
export const toneDots: Record<PointTone, string> = {
  ok: 'bg-muted-foreground',
  caution: 'bg-warning',
  blocked: 'bg-destructive',
};

/** One address, number or profile, as its icon and card show it. */
export type Point = {
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
      content={() => <PointCards kind={kind} points={points} self={self} />}
    >
      <Icon
        className={cn('size-3.5', tone === 'blocked' ? 'text-muted-foreground/70' : 'text-muted-foreground')}
      />
      <span
        aria-hidden
        className={cn(
          'absolute right-0.5 bottom-0.5 size-1.5 rounded-full ring-2 ring-background',
          toneDots[tone],
        )}
      />
    </HoverCard>
  );
}
