'use client';

import Link from 'next/link';
import { type ReactNode, use } from 'react';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { TimeZoneContext } from '@/components/time-zone';
import { dayKey } from '@/lib/format';
import { outcomeWords } from '@/modules/activities/domain';
import {
  type CardRow,
  type Figure,
  figureWords,
  formatDate,
  formatMetric,
  type OutreachRow,
} from '../domain';

const verbs: Readonly<Record<string, readonly [out: string, back: string]>> = {
  call: ['called', 'took a call from'],
  email: ['mailed', 'got a mail from'],
  sms: ['texted', 'got a text from'],
  in_app: ['wrote to', 'got a message from'],
  dm: ['wrote to', 'got a message from'],
  linkedin: ['wrote on LinkedIn to', 'heard on LinkedIn from'],
  meeting: ['met', 'met'],
};

const cardHref = (id: string) => `/verification?card=${id}`;

function Line({
  result,
  at,
  detail,
  children,
}: {
  result: ReactNode;
  at: string;
  detail: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_9rem_6.5rem] items-start gap-x-4 gap-y-1 px-4 py-2.5 text-sm max-md:grid-cols-[minmax(0,1fr)_auto] max-md:px-3">
      <div className="min-w-0 max-md:col-span-2">
        <p className="break-words">{children}</p>
        {detail ? <p className="truncate text-muted-foreground text-xs">{detail}</p> : null}
      </div>
      {result}
      <RelativeTime at={at} className="text-right text-muted-foreground text-xs tabular-nums" />
    </li>
  );
}

function Name({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} prefetch={false} className="font-medium underline-offset-2 hover:underline">
      {children}
    </Link>
  );
}

/** An outreach: who reached whom about what, how it ended and when. */
export function OutreachLine({ row }: { row: OutreachRow }) {
  const { owner, person, organization, property, card_id: card } = row;
  const verb = verbs[row.kind]?.[row.direction === 'in' ? 1 : 0] ?? 'reached';
  const party = owner
    ? { href: `/owners/${owner.id}`, name: owner.name }
    : person
      ? { href: `/people/${person.id}`, name: person.name }
      : organization
        ? { href: `/organizations/${organization.id}`, name: organization.name }
        : null;
  const place = property
    ? { href: card ? cardHref(card) : `/properties/${property.id}`, name: property.name }
    : null;
  return (
    <Line
      at={row.at}
      detail={row.text}
      result={
        <StatusBadge
          glyph={row.is_hit ? 'check' : 'empty'}
          tone={row.is_hit ? 'positive' : 'neutral'}
          label={outcomeWords[row.outcome] ?? row.outcome}
        />
      }
    >
      <span className="text-muted-foreground">
        {row.by?.name ?? 'Somebody'} {verb}
      </span>{' '}
      {party ? <Name href={party.href}>{party.name}</Name> : null}
      {party && place ? <span className="text-muted-foreground"> about </span> : null}
      {place ? <Name href={place.href}>{place.name}</Name> : null}
    </Line>
  );
}

/** A card: which property and owner, whose it is, where it stands; and what it took, where that is counted. */
export function CardLine({ row, figure }: { row: CardRow; figure: Figure }) {
  const { hit } = figureWords[figure];
  const isTimed = figure === 'cycle_time_days';
  const timeZone = use(TimeZoneContext);
  const standing = [
    row.stage.name,
    row.by?.name ?? 'Unassigned',
    // the date at the right is the day it was won
    ...(isTimed ? [`made ${formatDate(dayKey(row.made_at, timeZone))}`] : []),
  ].join(' · ');
  return (
    <Line
      at={row.at}
      detail={standing}
      result={
        isTimed ? (
          <span className="tabular-nums">{formatMetric(figure, row.days)}</span>
        ) : (
          <StatusBadge
            glyph={row.is_hit ? 'check' : row.stage.result === 'lost' ? 'cross' : 'empty'}
            tone={row.is_hit ? 'positive' : 'neutral'}
            label={row.is_hit ? hit : row.stage.result === 'lost' ? 'Lost' : 'Not won'}
          />
        )
      }
    >
      <Name href={cardHref(row.id)}>{row.property.name}</Name>
      {row.owner ? (
        <>
          <span className="text-muted-foreground"> of </span>
          <Name href={`/owners/${row.owner.id}`}>{row.owner.name}</Name>
        </>
      ) : null}
    </Line>
  );
}
