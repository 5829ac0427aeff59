'use client';

import { ChevronRight, PenLine } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { RelativeTime } from '@/components/relative-time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { DetailSection } from '@/modules/records/components/detail-layout';
import type { PersonMail as Mail } from '../schema';
import type { MailContext } from './compose-mail';
import { usePersonMail } from './use-person-mail';

const ComposeMail = dynamic(() => import('./compose-mail').then((module) => module.ComposeMail), {
  ssr: false,
});
const ThreadDialog = dynamic(() => import('./thread-dialog').then((module) => module.ThreadDialog), {
  ssr: false,
});

const shownAtFirst = 5;

/** The conversations by e-mail with a person, and the way to write to them. */
export function PersonMail({ person }: { person: { id: string; name: string } }) {
  const { data, error, refetch } = usePersonMail(person.id);
  const [composing, setComposing] = useState<{ context?: MailContext } | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const threads = data?.threads ?? [];
  const open = threads.find(({ id }) => id === openId);
  return (
    <DetailSection
      title="Conversations"
      count={threads.length}
      action={
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Write to ${person.name}`}
          onClick={() => setComposing({})}
        >
          <PenLine aria-hidden className="text-muted-foreground" />
        </Button>
      }
    >
      {error && !data ? (
        <p className="text-sm">
          The conversations could not be loaded.{' '}
          <Button variant="ghost" size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      ) : data && threads.length === 0 ? (
        <p className="text-muted-foreground text-sm">
          No e-mails yet. Write one from your own mailbox, and the answer shows here.
        </p>
      ) : null}
      {data || error ? null : (
        <DelayedSkeleton label="Loading the conversations" className="grid gap-2 py-2">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/2" />
        </DelayedSkeleton>
      )}
      <ul className="-mx-1.5">
        {(all ? threads : threads.slice(0, shownAtFirst)).map((thread) => (
          <li key={thread.id}>
            <ThreadRow thread={thread} onOpen={() => setOpenId(thread.id)} />
          </li>
        ))}
      </ul>
      {!all && threads.length > shownAtFirst ? (
        <Button variant="ghost" size="sm" className="-ml-2" onClick={() => setAll(true)}>
          {`Show ${threads.length - shownAtFirst} more`}
        </Button>
      ) : null}
      {open ? (
        <ThreadDialog
          person={person}
          thread={open}
          onClose={() => setOpenId(null)}
          onAnswer={(context) => {
            setOpenId(null);
            setComposing({ context });
          }}
        />
      ) : null}
      {composing ? (
        <ComposeMail person={person} context={composing.context} onClose={() => setComposing(null)} />
      ) : null}
    </DetailSection>
  );
}

/** What a thread's last message says of it, where that asks for something. */
function stateOf(
  thread: Mail['threads'][number],
): { label: string; variant: 'info' | 'warning' | 'danger' } | null {
  const last = thread.messages.at(-1);
  if (!last) return null;
  if (last.direction === 'in') {
    return last.kind === 'reply' || last.kind === 'possible' ? { label: 'Answer', variant: 'info' } : null;
  }
  if (last.status === 'queued' || last.status === 'sending')
    return { label: 'Being sent', variant: 'warning' };
  if (last.status === 'failed') return { label: 'Not sent', variant: 'danger' };
  if (last.status === 'unknown') return { label: 'Maybe sent', variant: 'warning' };
  if (last.status === 'cancelled') return { label: 'Held back', variant: 'danger' };
  return last.bounced_at ? { label: 'Not delivered', variant: 'danger' } : null;
}

function ThreadRow({ thread, onOpen }: { thread: Mail['threads'][number]; onOpen: () => void }) {
  const state = stateOf(thread);
  return (
    <button
      type="button"
      onClick={onOpen}
      className="focus-inset group flex min-h-9 w-full items-center gap-2 rounded-md px-1.5 py-1 text-left hover:bg-accent max-md:min-h-11"
    >
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5 text-sm">
          <span className="truncate">{thread.subject || 'No subject'}</span>
          {state ? <Badge variant={state.variant}>{state.label}</Badge> : null}
        </span>
        <span className="block text-muted-foreground text-xs">
          {thread.messages.length === 1 ? '1 mail' : `${thread.messages.length} mails`}
          {' · '}
          <RelativeTime at={thread.last_at} />
        </span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
    </button>
  );
}
