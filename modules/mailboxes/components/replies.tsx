'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Check, Inbox, MailQuestion, MailX, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useRef } from 'react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { RelativeTime } from '@/components/relative-time';
import { useShortcut } from '@/components/shortcuts';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { cn } from '@/lib/utils';
import { type InboundList, inboundKindWords, inboundLists, shownOf } from '../domain';
import type { InboundPage, InboundRow } from '../schema';
import { inboundKey, useDecisions } from './use-decisions';

const ReplyPanel = dynamic(() => import('./reply-panel').then((module) => module.ReplyPanel), { ssr: false });

/**
 * What came back, by list, the newest first; a mail opens beside it. Keys: `j` and `k` go through the mails, `y` says
 * that one is a reply, `d` that it isn't, `r` answers it.
 * @param first the first page, as the server has read it for `firstShown`
 */
export function Replies({
  first,
  firstShown,
  tabs,
}: {
  first: InboundPage;
  firstShown: InboundList;
  tabs: ReactNode;
}) {
  const router = useRouter();
  const pathname = usePathname();
  const given = useSearchParams();
  const shown = shownOf(given.get('shown'));
  const openId = given.get('mail');
  const list = useRef<HTMLOListElement>(null);
  const decide = useDecisions();
  const query = useInfiniteQuery({
    queryKey: [...inboundKey, 'list', shown],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ shown });
      if (pageParam) asked.set('after', pageParam);
      return api<InboundPage>('GET', `/api/inbound-emails?${asked}`, undefined, { signal });
    },
    getNextPageParam: (page) => page.next,
    ...(shown === firstShown && { initialData: { pages: [first], pageParams: [null] }, staleTime: 3000 }),
  });
  useLive('emails', () => {
    // pages that were opened deep down are not read anew under somebody's eyes
    if ((query.data?.pages.length ?? 0) <= 1) void query.refetch();
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const waiting = query.data?.pages[0]?.possible ?? first.possible;

  const setMail = (id: string | null) => {
    const next = new URLSearchParams(given);
    if (id) next.set('mail', id);
    else next.delete('mail');
    router.replace(`${pathname}?${next}`, { scroll: false });
  };
  /** The mail that the keys are about: the open one, or the one in focus. */
  const current = (): InboundRow | undefined => {
    const focused = list.current?.querySelector<HTMLElement>('[data-mail]:focus')?.dataset.mail;
    return rows.find(({ id }) => id === (focused ?? openId));
  };
  const step = (by: number) => {
    const at = rows.findIndex(({ id }) => id === current()?.id);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    list.current?.querySelector<HTMLElement>(`[data-mail="${next.id}"]`)?.focus();
    if (openId) setMail(next.id);
  };
  const say = (verdict: 'confirm' | 'dismiss') => {
    const mail = current();
    if (mail?.kind !== 'possible') return;
    const at = rows.indexOf(mail);
    const next = rows[at + 1] ?? rows[at - 1];
    void decide(mail, verdict);
    if (openId) setMail(next?.id ?? null);
    else if (next) list.current?.querySelector<HTMLElement>(`[data-mail="${next.id}"]`)?.focus();
  };
  const here = { group: 'Replies' };
  useShortcut('j', 'Next mail', () => step(1), here);
  useShortcut('k', 'Previous mail', () => step(-1), here);
  useShortcut('y', 'It is a reply', () => say('confirm'), { ...here, enabled: shown === 'possible' });
  useShortcut('d', 'It is no reply', () => say('dismiss'), { ...here, enabled: shown === 'possible' });

  return (
    <>
      <PageHeader
        title="Campaigns"
        tabs={tabs}
        filters={
          <nav aria-label="What came in" className="flex items-center gap-0.5 overflow-x-auto">
            {(Object.keys(inboundLists) as InboundList[]).map((name) => (
              <Link
                key={name}
                href={name === 'replies' ? pathname : `${pathname}?shown=${name}`}
                aria-current={shown === name ? 'page' : undefined}
                className="focus-inset inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-md px-2 text-muted-foreground text-sm hover:bg-accent hover:text-foreground aria-[current=page]:bg-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground max-md:h-10"
              >
                {inboundLists[name]}
                {name === 'possible' && waiting > 0 ? (
                  <Badge variant="warning" aria-label={`${waiting} wait for a decision`}>
                    {waiting > 99 ? '99+' : waiting}
                  </Badge>
                ) : null}
              </Link>
            ))}
          </nav>
        }
      />
      <div className="max-w-5xl px-6 py-4 max-md:px-4 max-md:pb-20">
        {query.isPending ? (
          <p role="status" className="appear-late py-10 text-center text-muted-foreground text-sm">
            Loading
          </p>
        ) : rows.length === 0 && !query.isError ? (
          <Nothing shown={shown} />
        ) : rows.length > 0 ? (
          <ol ref={list} aria-label={inboundLists[shown]} className="divide-y rounded-lg border bg-card">
            {rows.map((row) => (
              <Line
                key={row.id}
                mail={row}
                isOpen={row.id === openId}
                onOpen={() => setMail(row.id)}
                onDecide={(verdict) => void decide(row, verdict)}
              />
            ))}
          </ol>
        ) : null}
        {query.isError ? (
          <ErrorState
            title={rows.length > 0 ? 'The next mails could not be loaded' : 'The mails could not be loaded'}
            onRetry={() => void (rows.length > 0 ? query.fetchNextPage() : query.refetch())}
            requestId={query.error instanceof ApiError ? query.error.requestId : null}
            className="py-6"
          />
        ) : query.hasNextPage ? (
          <div className="mt-3 flex justify-center">
            <Button
              variant="outline"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show more
            </Button>
          </div>
        ) : null}
      </div>
      {openId ? (
        <ReplyPanel key={openId} id={openId} onDecide={decide} onClose={() => setMail(null)} />
      ) : null}
    </>
  );
}

const nothing = {
  replies: {
    icon: Inbox,
    title: 'No replies yet',
    description:
      'Answers to your campaigns and to mails you wrote show here, and end the sequence of whoever wrote them. A mailbox must be connected for that.',
  },
  possible: {
    icon: MailQuestion,
    title: 'Nothing to decide',
    description:
      'A mail from somebody you wrote to that answers none of your mails waits here until you say what it is.',
  },
  other: {
    icon: MailX,
    title: 'Nothing here',
    description:
      'Out-of-office notes, delivery failures and what you said is no reply. None of them ends a sequence.',
  },
} as const;

function Nothing({ shown }: { shown: InboundList }) {
  return (
    <EmptyState
      {...nothing[shown]}
      action={
        shown === 'replies' ? (
          <Button asChild>
            <Link href="/settings/mailboxes">Mailboxes</Link>
          </Button>
        ) : null
      }
      secondary={
        shown === 'replies' ? (
          <Button variant="outline" asChild>
            <Link href="/campaigns">Campaigns</Link>
          </Button>
        ) : null
      }
    />
  );
}

function Line({
  mail,
  isOpen,
  onOpen,
  onDecide,
}: {
  mail: InboundRow;
  isOpen: boolean;
  onOpen: () => void;
  onDecide: (verdict: 'confirm' | 'dismiss') => void;
}) {
  const name = mail.person?.name ?? mail.from_name ?? mail.from_address;
  return (
    <li
      className={cn(
        'group relative flex items-center gap-3 max-md:flex-wrap max-md:gap-y-0',
        isOpen && 'bg-accent',
      )}
    >
      <button
        type="button"
        data-mail={mail.id}
        onClick={onOpen}
        className="focus-inset min-w-0 flex-1 rounded-md px-4 py-2.5 text-left hover:bg-accent max-md:basis-full"
      >
        <span className="flex items-baseline gap-2 text-sm">
          <span className="truncate font-medium">{name}</span>
          {mail.kind === 'reply' || mail.kind === 'possible' ? null : (
            <Badge variant={mail.kind === 'delivery_failure' ? 'danger' : 'outline'}>
              {inboundKindWords[mail.kind]}
            </Badge>
          )}
          {mail.campaign ? (
            <span className="truncate text-muted-foreground text-xs max-sm:hidden">{mail.campaign.name}</span>
          ) : null}
          <RelativeTime at={mail.received_at} className="ml-auto shrink-0 text-muted-foreground text-xs" />
        </span>
        <span className="block truncate text-sm">
          {mail.subject ? <span>{mail.subject}</span> : null}
          {mail.snippet ? (
            <span className="text-muted-foreground">{` ${mail.subject ? '· ' : ''}${mail.snippet}`}</span>
          ) : null}
        </span>
      </button>
      {mail.kind === 'possible' ? (
        <span className="flex shrink-0 gap-1 pr-3 max-md:w-full max-md:px-4 max-md:pb-2.5">
          <Button
            size="sm"
            variant="outline"
            aria-label={`The mail of ${name} is a reply`}
            onClick={() => onDecide('confirm')}
          >
            <Check aria-hidden /> A reply
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label={`The mail of ${name} is no reply`}
            onClick={() => onDecide('dismiss')}
          >
            <X aria-hidden /> Not a reply
          </Button>
        </span>
      ) : null}
    </li>
  );
}
