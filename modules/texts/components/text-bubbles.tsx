'use client';

import { Ban, Paperclip, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { use, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { CurrentUserContext } from '@/components/current-user';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { formatCount, formatDay } from '@/lib/format';
import { cn } from '@/lib/utils';
import type { TextMessage, TextThread } from '../answers';
import { mayCancel, mayRetry, textLook, textReason } from './text-words';
import { type TextSubject, useTextWrites } from './use-texts';

/** The texts with a number, the oldest first, with what became of ours. */
export function TextBubbles({
  subject,
  thread,
  shown,
}: {
  subject: TextSubject;
  thread: TextThread;
  /** How many of the newest are shown. */
  shown: number;
}) {
  const timeZone = use(TimeZoneContext);
  const messages = thread.messages.slice(-shown);
  let day = '';
  return (
    <ol aria-label={`Texts with ${thread.phone.display}`} className="grid gap-2.5">
      {messages.map((message) => {
        const words = formatDay(message.at, timeZone);
        const isNewDay = words !== day;
        day = words;
        return (
          <li key={message.id} className="min-w-0">
            {isNewDay ? (
              <p className="mb-2 text-center text-muted-foreground text-xs" suppressHydrationWarning>
                {words}
              </p>
            ) : null}
            <Bubble subject={subject} thread={thread} message={message} />
          </li>
        );
      })}
    </ol>
  );
}

/** Who wrote it: one of us, or whoever of those behind the number is known to have. */
function authorOf(message: TextMessage, thread: TextThread, me: string | null): string {
  if (message.direction === 'out') {
    if (message.purpose === 'auto') return 'Answered by itself';
    if (!message.created_by) return 'Us';
    return message.created_by.id === me ? 'You' : (message.created_by.name ?? 'A colleague');
  }
  if (message.person) return message.person.name ?? 'No name';
  const { people } = thread.phone;
  if (people.length > 1) return `One of ${people.length} people behind the number`;
  return people[0]?.name ?? thread.phone.display;
}

const keywords: Readonly<Record<string, string>> = {
  stop: 'Opted the number out',
  start: 'Opted the number in again',
  help: 'Asked for help',
};

function Bubble({
  subject,
  thread,
  message,
}: {
  subject: TextSubject;
  thread: TextThread;
  message: TextMessage;
}) {
  const me = use(CurrentUserContext);
  const timeZone = use(TimeZoneContext);
  const { cancel, retry } = useTextWrites(subject);
  const [asking, setAsking] = useState(false);
  const isOut = message.direction === 'out';
  const look = textLook(message);
  const reason = textReason(message, timeZone);
  const author = authorOf(message, thread, me);
  const phone = thread.phone.id;
  return (
    <article
      aria-label={`${author}: ${look.label}`}
      data-text={message.id}
      className={cn('flex flex-col gap-1', isOut ? 'items-end' : 'items-start')}
    >
      <div
        className={cn(
          'wrap-anywhere max-w-[88%] whitespace-pre-wrap rounded-lg border px-2.5 py-1.5 text-sm',
          isOut ? 'rounded-br-sm border-transparent bg-secondary' : 'rounded-bl-sm bg-card',
          look.tone === 'danger' && 'border-destructive-text/40',
        )}
      >
        {message.body || <span className="text-muted-foreground">No words</span>}
        {message.media.length > 0 ? (
          <span className="mt-1 flex items-center gap-1 text-muted-foreground text-xs">
            <Paperclip aria-hidden className="size-3" />
            {formatCount(message.media.length, 'file')}, kept by the provider
          </span>
        ) : null}
      </div>
      <p
        className={cn(
          'flex max-w-full flex-wrap items-center gap-x-1.5 text-muted-foreground text-xs',
          isOut && 'justify-end',
        )}
      >
        <span className="truncate">{author}</span>
        <span aria-hidden>·</span>
        <RelativeTime at={message.at} />
        {isOut ? (
          <>
            <span aria-hidden>·</span>
            <StatusBadge {...look} className="gap-1 text-xs" />
          </>
        ) : message.keyword ? (
          <>
            <span aria-hidden>·</span>
            {keywords[message.keyword]}
          </>
        ) : null}
        {message.batch ? (
          <>
            <span aria-hidden>·</span>
            <Link
              href={`/calls/texts?batch=${message.batch.id}`}
              prefetch={false}
              className="hover:underline"
            >
              {message.batch.name ?? 'Batch'}
            </Link>
          </>
        ) : null}
      </p>
      {reason ? (
        <p
          className={cn(
            'max-w-[88%] text-xs',
            isOut && 'text-right',
            look.tone === 'danger' ? 'text-destructive-text' : 'text-muted-foreground',
          )}
        >
          {reason}
        </p>
      ) : null}
      {mayCancel(message) ? (
        <Button
          variant="ghost"
          size="sm"
          className="-my-1 text-muted-foreground"
          onClick={() => void cancel(phone, message)}
        >
          <Ban aria-hidden /> Don’t send
        </Button>
      ) : null}
      {mayRetry(message) ? (
        <Button
          variant="ghost"
          size="sm"
          className="-my-1"
          onClick={() => (message.status === 'unknown' ? setAsking(true) : void retry(phone, message))}
        >
          <RotateCw aria-hidden /> Send again
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Send it again to ${thread.phone.display}?`}
        description="It may have gone out the first time: then it comes twice."
        confirmLabel="Send again"
        destructive
        onConfirm={() => retry(phone, message)}
      />
    </article>
  );
}
