'use client';

import {
  CalendarClock,
  CircleDot,
  Globe,
  Import,
  type LucideIcon,
  Mail,
  MapPin,
  MessageSquare,
  Phone,
  StickyNote,
} from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { RelativeTime } from '@/components/relative-time';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import type { HomeEvent } from '../types';

const kinds: Record<string, { icon: LucideIcon; out: string; in?: string; theirs?: string }> = {
  note: { icon: StickyNote, out: 'wrote a note on' },
  call: { icon: Phone, out: 'called', in: 'took a call from', theirs: 'called' },
  email: { icon: Mail, out: 'mailed', in: 'got a mail from', theirs: 'sent an e-mail' },
  sms: { icon: MessageSquare, out: 'texted', in: 'got a text from', theirs: 'texted' },
  in_app: { icon: MessageSquare, out: 'wrote to', in: 'got a message from', theirs: 'wrote' },
  dm: { icon: MessageSquare, out: 'wrote to', in: 'got a message from', theirs: 'wrote' },
  linkedin: {
    icon: MessageSquare,
    out: 'wrote on LinkedIn to',
    in: 'heard on LinkedIn from',
    theirs: 'wrote on LinkedIn',
  },
  meeting: { icon: CalendarClock, out: 'met' },
  visit: { icon: MapPin, out: 'visited' },
  site_event: { icon: Globe, out: 'saw on the website' },
  stage_change: { icon: CircleDot, out: 'moved' },
  status_change: { icon: CircleDot, out: 'changed the status of' },
  import: { icon: Import, out: 'imported' },
  merge: { icon: CircleDot, out: 'merged' },
  system: { icon: CircleDot, out: 'changed' },
};
const other: { icon: LucideIcon; out: string; in?: string; theirs?: string } = {
  icon: CircleDot,
  out: 'changed',
};

/** The latest notes and activities of the whole workspace, kept up to date while one looks. */
export function HomeRecent({ events }: { events: readonly HomeEvent[] }) {
  const { refresh } = useRouter();
  // the page counts its figures anew as well
  useLiveRefresh('timeline', 10_000, refresh);
  if (events.length === 0) {
    return (
      <p className="rounded-lg border border-dashed px-3 py-4 text-muted-foreground text-sm">
        No calls, mails or notes yet. Open a{' '}
        <Link href="/people" className="text-primary-text underline underline-offset-2">
          person
        </Link>{' '}
        and log the first.
      </p>
    );
  }
  return (
    <ol className="divide-y rounded-lg border bg-card" aria-label="Latest first">
      {events.map((event) => (
        <EventLine key={event.id} event={event} />
      ))}
    </ol>
  );
}

function EventLine({ event }: { event: HomeEvent }) {
  const kind = kinds[event.kind] ?? other;
  const Icon = kind.icon;
  // a card's first stage has no stage that it came from
  const isStart = event.kind === 'stage_change' && !event.text?.includes('→');
  const verb = isStart ? 'started verifying' : event.direction === 'in' && kind.in ? kind.in : kind.out;
  // nobody of ours took it: whoever called or wrote did it
  const isTheirs =
    event.direction === 'in' && !event.actor && kind.theirs !== undefined && event.entity !== null;
  return (
    <li className="flex items-start gap-2.5 px-3 py-2 text-sm">
      <Icon aria-hidden className="mt-[3px] size-4 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          {isTheirs ? null : (
            <>
              <span className="font-medium">{event.actor ?? (kind.theirs ? 'Freehold' : 'Somebody')}</span>{' '}
              <span className="text-muted-foreground">{verb}</span>{' '}
            </>
          )}
          {event.entity && event.entity_id ? (
            <Link href={`/${event.entity}/${event.entity_id}`} className="font-medium hover:underline">
              {event.name ?? 'a record'}
            </Link>
          ) : null}
          {isTheirs ? <span className="text-muted-foreground"> {kind.theirs}</span> : null}
        </p>
        {event.text ? <p className="truncate text-muted-foreground text-xs">{event.text}</p> : null}
      </div>
      <RelativeTime at={event.at} className="mt-0.5 shrink-0 text-muted-foreground text-xs" />
    </li>
  );
}
