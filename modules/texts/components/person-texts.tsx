'use client';

import { ChevronLeft, ChevronRight, MessageSquarePlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { RelativeTime } from '@/components/relative-time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { DetailSection } from '@/modules/records/components/detail-layout';
import type { Texts, TextThread } from '../answers';
import { TextBubbles } from './text-bubbles';
import { textLook } from './text-words';
import { ThreadHead } from './thread-head';
import { type TextSubject, useTexts } from './use-texts';

const TextComposer = dynamic(() => import('./text-composer').then((module) => module.TextComposer), {
  ssr: false,
  loading: () => <Skeleton className="h-9" />,
});
const TextComposerDialog = dynamic(
  () => import('./text-composer-dialog').then((module) => module.TextComposerDialog),
  { ssr: false },
);

const shownAtFirst = 6;

/** The conversations by text with a person, one for each number, and the way to answer. What comes in shows by itself. */
export function PersonTexts({ person }: { person: { id: string; name: string } }) {
  const subject: TextSubject = { kind: 'person', ...person };
  const { data, error, refetch } = useTexts(subject);
  const [composing, setComposing] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const threads = data?.threads ?? [];
  const written = threads.filter(({ messages }) => messages.length > 0);
  // one conversation stands open; of several a person chooses
  const open = written.length === 1 ? written[0] : written.find(({ phone }) => phone.id === openId);
  return (
    <DetailSection
      title="Texts"
      count={written.reduce((sum, { total }) => sum + total, 0)}
      action={
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Text ${person.name}`}
          onClick={() => setComposing(true)}
        >
          <MessageSquarePlus aria-hidden className="text-muted-foreground" />
        </Button>
      }
    >
      {error && !data ? (
        <p className="text-sm" role="alert">
          The texts could not be loaded.{' '}
          <Button variant="ghost" size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      ) : data && written.length === 0 ? (
        <p className="text-muted-foreground text-sm">
          {threads.length === 0
            ? 'No number yet. Add one, and texts with it show here.'
            : 'No texts yet. Write one, and the answer shows here at once.'}
        </p>
      ) : null}
      {data || error ? null : (
        <DelayedSkeleton label="Loading the texts" className="grid gap-2 py-2">
          <Skeleton className="h-8 w-3/4" />
          <Skeleton className="ml-auto h-8 w-2/3" />
        </DelayedSkeleton>
      )}
      {open && data ? (
        <>
          {written.length > 1 ? (
            <Button
              variant="ghost"
              size="sm"
              className="-ml-2 text-muted-foreground"
              onClick={() => setOpenId(null)}
            >
              <ChevronLeft aria-hidden /> All numbers
            </Button>
          ) : null}
          <Conversation key={open.phone.id} subject={subject} thread={open} texts={data} />
        </>
      ) : (
        <ul className="-mx-1.5">
          {written.map((thread) => (
            <li key={thread.phone.id}>
              <ThreadRow thread={thread} onOpen={() => setOpenId(thread.phone.id)} />
            </li>
          ))}
        </ul>
      )}
      {composing ? <TextComposerDialog subject={subject} onClose={() => setComposing(false)} /> : null}
    </DetailSection>
  );
}

function Conversation({
  subject,
  thread,
  texts,
}: {
  subject: TextSubject;
  thread: TextThread;
  texts: Texts;
}) {
  const [all, setAll] = useState(false);
  const { phone, messages, total } = thread;
  const hidden = messages.length - shownAtFirst;
  return (
    <div className="grid gap-2.5">
      <ThreadHead self={subject.id} phone={phone} />
      {!all && hidden > 0 ? (
        <Button variant="ghost" size="sm" className="justify-self-center" onClick={() => setAll(true)}>
          {`Show ${hidden} earlier`}
        </Button>
      ) : null}
      {all && total > messages.length ? (
        <p className="text-center text-muted-foreground text-xs">
          {`${formatCount(total - messages.length, 'older text')} on the timeline`}
        </p>
      ) : null}
      <TextBubbles subject={subject} thread={thread} shown={all ? messages.length : shownAtFirst} />
      <TextComposer subject={subject} thread={thread} numbers={texts.numbers} problem={texts.problem} />
    </div>
  );
}

function ThreadRow({ thread, onOpen }: { thread: TextThread; onOpen: () => void }) {
  const last = thread.messages.at(-1);
  const look = last && last.direction === 'out' ? textLook(last) : null;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="focus-inset group flex min-h-9 w-full items-center gap-2 rounded-md px-1.5 py-1 text-left hover:bg-accent max-md:min-h-11"
    >
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5 text-sm">
          <span className="tabular-nums">{thread.phone.display}</span>
          {last?.direction === 'in' ? <Badge variant="info">Answer</Badge> : null}
          {look?.tone === 'danger' ? <Badge variant="danger">{look.label}</Badge> : null}
        </span>
        <span className="block truncate text-muted-foreground text-xs">
          {last?.body}
          {thread.last_at ? (
            <>
              {' · '}
              <RelativeTime at={thread.last_at} />
            </>
          ) : null}
        </span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
    </button>
  );
}
