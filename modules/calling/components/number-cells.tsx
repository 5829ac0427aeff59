'use client';

import { use, useEffect, useState } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { RelativeTime } from '@/components/relative-time';
import { TimeZoneContext } from '@/components/time-zone';
import { Avatar } from '@/components/ui/avatar';
import { dayKey, formatDateTime, formatDay } from '@/lib/format';
import { cn } from '@/lib/utils';
import { lineTypeWords, type PointTone, phoneState } from '@/modules/contact-points/domain';
import { leadStatusWords } from '@/modules/people/domain';
import { toneDots } from '@/modules/records/components/channel-icons';
import { wordOf } from '@/modules/records/domain';
import { holdWords, outcomeWord, whyNext } from '../domain';
import type { DeskRow } from '../schema';
import { clockIn, localTime, opensWords } from './local-time';
import { PhoneText } from './phone-text';

const everyMs = 20_000;

/** The present, renewed three times a minute; null until the page answers, as the server's clock is another. */
export function useNow(): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Whether somebody's claim still stands. */
const claimOf = (row: Pick<DeskRow, 'claim'>, now: number) =>
  row.claim && Date.parse(row.claim.expires_at) > now ? row.claim : null;

/** A number with its state as a dot and what kind of line it is. */
export function NumberCell({
  row,
}: {
  row: Pick<DeskRow, 'e164' | 'status' | 'line_type'> & { do_not_call?: boolean };
}) {
  const { words, tone } = phoneState({
    status: row.status,
    do_not_call: row.do_not_call ?? false,
    sms_opted_out: false,
  });
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <StateDot words={words} tone={tone} />
      <span className="truncate tabular-nums">
        <PhoneText e164={row.e164} />
      </span>
      {row.line_type && row.line_type !== 'mobile' ? (
        <span className="font-normal text-muted-foreground text-xs">{lineTypeWords[row.line_type]}</span>
      ) : null}
    </span>
  );
}

/** A number's state as a dot; the words are heard, and seen on hover. */
export function StateDot({ words, tone }: { words: string; tone: PointTone }) {
  return (
    <span
      title={words}
      className={cn('size-2 shrink-0 rounded-full', tone === 'ok' ? 'bg-ring' : toneDots[tone])}
    >
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** Who is behind a number: the first by name with how far they have come, and how many more. */
export function PeopleCell({ row }: { row: DeskRow }) {
  const [first, second] = row.people;
  if (!first) {
    const names = row.organizations.map(({ name }) => name).join(', ');
    return names || <span className="text-muted-foreground">Nobody known</span>;
  }
  const more = row.people_count - (second ? 2 : 1);
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <span className="truncate">{[first.name, second?.name].filter(Boolean).join(', ')}</span>
      {more > 0 ? <span className="shrink-0 text-muted-foreground">+{more}</span> : null}
      {first.lead_status !== 'new' ? (
        <span className="shrink-0 text-muted-foreground text-xs">
          {wordOf(leadStatusWords, first.lead_status)}
        </span>
      ) : null}
    </span>
  );
}

/** "Palm Court +6". */
export function PropertiesCell({ row }: { row: DeskRow }) {
  const [first] = row.properties;
  if (!first) return null;
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <span className="truncate">{first.name}</span>
      {row.property_count > 1 ? (
        <span className="shrink-0 text-muted-foreground">+{row.property_count - 1}</span>
      ) : null}
    </span>
  );
}

/** What the last call came to, and when. */
export function LastCallCell({ row }: { row: DeskRow }) {
  if (!row.last_called_at) return null;
  return (
    <span className="inline-flex items-baseline gap-1.5">
      {row.last_outcome ? outcomeWord(row.last_outcome) : 'Called'}
      <RelativeTime at={row.last_called_at} className="text-muted-foreground text-xs" />
    </span>
  );
}

/** The clock at the number's place; outside calling hours grey, with when they begin. */
function LocalTimeCell({ row, now }: { row: Pick<DeskRow, 'zones' | 'is_open' | 'opens_at'>; now: number }) {
  const { words, all } = localTime(row.zones, now);
  if (!words) return null;
  return (
    <span title={all.join('\n')} className={cn(!row.is_open && 'text-muted-foreground')}>
      {row.is_open || !row.opens_at
        ? words
        : // the place stands in the tooltip: when it opens is what counts
          `${words.replace(/( in |, ).*$/, '')}, ${opensWords(row.opens_at, row.zones, now)}`}
    </span>
  );
}

/** The cell with its own clock, for rows that are drawn once. */
export function LocalTimeNow({ row }: { row: Pick<DeskRow, 'zones' | 'is_open' | 'opens_at'> }) {
  const now = useNow();
  return now === null ? null : <LocalTimeCell row={row} now={now} />;
}

/** "3:00 pm" today, else the day with it. */
const clockOrDay = (at: string, zone: string, now: number) => {
  const clock = clockIn(Date.parse(at), zone);
  return dayKey(at, zone) === dayKey(now, zone)
    ? clock
    : `${formatDay(at, zone, now).replace('Tomorrow', 'tomorrow')}, ${clock}`;
};

/** Why the number stands where it does; of one that rests, until when. */
export function WhyCell({ row }: { row: DeskRow }) {
  const zone = use(TimeZoneContext);
  const now = useNow();
  if (now === null) return null;
  if (row.held) {
    const { reason, until } = row.held;
    // what it waits for is the promise
    if (row.rule === 1 && row.follow_up_at && until && Date.parse(until) <= Date.parse(row.follow_up_at))
      return whyNext(row, new Date(now), zone);
    const words = until ? `${holdWords[reason]}, until ${formatDateTime(until, zone)}` : holdWords[reason];
    return (
      <span title={words} className="text-muted-foreground">
        {until ? `Rests until ${clockOrDay(until, zone, now)}` : words}
      </span>
    );
  }
  const words = whyNext(row, new Date(now), zone);
  return <span className={row.rule === 1 ? 'text-warning-text' : undefined}>{words}</span>;
}

/** Who is on the number at the moment. */
export function ClaimCell({ row }: { row: Pick<DeskRow, 'claim'> }) {
  const me = use(CurrentUserContext);
  const now = useNow();
  const claim = now === null ? null : claimOf(row, now);
  if (!claim) return null;
  const isMine = claim.user_id === me;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Avatar name={claim.name} size={20} />
      <span className={cn('truncate', isMine && 'text-muted-foreground')}>
        {isMine ? 'You are on it' : `${firstName(claim.name)} is on it`}
      </span>
    </span>
  );
}

const firstName = (name: string) => name.split(' ')[0] ?? name;
