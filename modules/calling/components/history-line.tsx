'use client';

import { ArrowDownLeft, ArrowUpRight, CirclePlay, Voicemail } from 'lucide-react';
import { useState } from 'react';
import { NavLink } from '@/components/nav-link';
import { Button } from '@/components/ui/button';
import { formatLength } from '@/lib/format';
import { cn } from '@/lib/utils';
import { outcomeWord, reachedWords } from '../domain';
import type { HistoryRow } from '../history';
import { FollowupBadge } from './followup-badge';
import { clockIn } from './local-time';
import { PhoneText } from './phone-text';

const lineWords: Readonly<Record<string, string>> = {
  logged: 'Dialled by hand',
  busy: 'Busy',
  no_answer: 'Rang out',
  failed: 'Failed',
  canceled: 'Hung up',
};

/** One call of the history: who with, what came of it, by whom, and the mail that follows. */
export function HistoryLine({ call, zone }: { call: HistoryRow; zone: string }) {
  const Icon = call.is_voicemail ? Voicemail : call.direction === 'in' ? ArrowDownLeft : ArrowUpRight;
  const way = call.is_voicemail
    ? 'They left a voicemail'
    : call.direction === 'in'
      ? 'They called'
      : 'We called';
  const people = call.person ? [call.person] : call.people;
  const spoke = call.reached && call.reached !== 'confirmed' ? reachedWords[call.reached] : null;
  return (
    <li className="grid grid-cols-[3.75rem_minmax(0,1.2fr)_minmax(0,1.4fr)_minmax(0,1fr)_15rem] items-start gap-x-4 gap-y-1 px-4 py-2.5 text-sm max-lg:grid-cols-[3.75rem_minmax(0,1fr)_minmax(0,1fr)] max-md:grid-cols-[minmax(0,1fr)_auto] max-md:px-3">
      <span className="flex items-center gap-1.5 text-muted-foreground text-xs leading-5 tabular-nums max-md:order-2">
        <time dateTime={call.started_at} className="whitespace-nowrap">
          {clockIn(Date.parse(call.started_at), zone)}
        </time>
      </span>
      <div className="min-w-0 max-md:order-1">
        <p className="flex min-w-0 flex-wrap items-center gap-x-1.5">
          <Icon aria-label={way} className="size-4 shrink-0 text-muted-foreground" />
          <NavLink
            href={`/calls?number=${call.phone.id}`}
            className="rounded-sm font-medium tabular-nums underline-offset-4 hover:underline"
          >
            <PhoneText e164={call.phone.e164} />
          </NavLink>
          {call.phone.do_not_call ? <span className="text-destructive-text text-xs">Do not call</span> : null}
        </p>
        <p className="min-w-0 text-pretty">
          {people.slice(0, 3).map((person, index) => (
            <span key={person.id}>
              {index > 0 ? ', ' : ''}
              <NavLink
                href={`/people/${person.id}`}
                className="rounded-sm underline-offset-4 hover:underline max-md:py-2"
              >
                {person.name}
              </NavLink>
            </span>
          ))}
          {people.length > 3 ? <span className="text-muted-foreground"> and others</span> : null}
          {!call.person && people.length > 1 ? (
            <span className="text-muted-foreground text-xs"> (one of them)</span>
          ) : null}
        </p>
      </div>
      <div className="min-w-0 max-md:order-3 max-md:col-span-2">
        <p className="flex flex-wrap items-baseline gap-x-1.5">
          <span className={cn(call.undone_at && 'text-muted-foreground line-through')}>
            {call.outcome
              ? outcomeWord(call.outcome)
              : call.is_voicemail
                ? 'Voicemail'
                : (lineWords[call.status] ?? 'No outcome')}
          </span>
          {call.undone_at ? <span className="text-muted-foreground text-xs">Taken back</span> : null}
          {spoke ? <span className="text-muted-foreground">{spoke}</span> : null}
        </p>
        {call.notes ? <Notes text={call.notes} /> : null}
      </div>
      <div className="min-w-0 max-lg:col-start-2 max-md:order-4 max-md:col-span-2 max-md:col-start-auto">
        <p className="truncate text-muted-foreground">
          {call.by?.name ?? (call.direction === 'in' ? 'Nobody took it' : '')}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-muted-foreground text-xs tabular-nums">
          {call.duration_seconds ? <span>Talked {formatLength(call.duration_seconds)}</span> : null}
          {call.number ? <span className="truncate">{call.number.label}</span> : null}
        </p>
        {call.has_recording ? <Recording id={call.id} /> : null}
      </div>
      <FollowupBadge
        followup={call.followup}
        timeZone={zone}
        className="max-md:order-5 max-md:col-span-2 max-lg:col-start-3 max-md:col-start-auto"
      />
    </li>
  );
}

function Notes({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > 140 || text.includes('\n');
  return (
    <p className="text-pretty text-muted-foreground text-xs">
      <span className={cn('whitespace-pre-line break-words', !isWhole && 'line-clamp-2')}>{text}</span>
      {isLong ? (
        <button
          type="button"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
          className="rounded-sm underline underline-offset-2 max-md:min-h-10"
        >
          {isWhole ? 'Less' : 'More'}
        </button>
      ) : null}
    </p>
  );
}

/** The recording, fetched once somebody wants to hear it. */
function Recording({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  const [isGone, setGone] = useState(false);
  if (isGone) return <p className="text-destructive-text text-xs">The recording could not be loaded</p>;
  if (!isOpen)
    return (
      <Button variant="ghost" size="sm" className="-ml-2" onClick={() => setOpen(true)}>
        <CirclePlay aria-hidden /> Listen
      </Button>
    );
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said on the telephone
    <audio
      controls
      autoPlay
      aria-label="Recording of the call"
      src={`/api/calls/${id}/recording`}
      onError={() => setGone(true)}
      className="mt-1 h-9 w-full max-w-64"
    />
  );
}
