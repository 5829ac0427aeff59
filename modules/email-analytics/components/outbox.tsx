'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { MailX, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { RelativeTime } from '@/components/relative-time';
import { Button, buttonVariants } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError, api } from '@/lib/api-client';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { cn } from '@/lib/utils';
import { SearchField } from '@/modules/records/components/search-field';
import {
  emailFigureWords,
  figuresOfView,
  type OutboxState,
  outboxHref,
  outboxSearch,
  outboxViews,
  outboxViewWords,
  readOutboxState,
} from '../domain';
import type { OutboxPage, OutboxRow } from '../types';
import { MailBadge, originOf } from './mail-badge';

const MailPanel = dynamic(() => import('./mail-panel').then((module) => module.MailPanel), { ssr: false });

const atMostEveryMs = 4000;

/** Names of what the mails are narrowed to, for the chips. */
export type OutboxNames = { campaign?: string; step?: string; domain?: string; person?: string };

/**
 * Every mail that went, will go or won't, with its state and why; narrowed by the address. A mail opens beside the list.
 * @param first the first page, as the server has read it for `firstSearch`
 */
export function Outbox({
  first,
  firstSearch,
  names,
  tabs,
}: {
  first: OutboxPage;
  firstSearch: string;
  names: OutboxNames;
  tabs: ReactNode;
}) {
  const router = useRouter();
  const pathname = usePathname();
  const given = useSearchParams();
  const [isGoing, startGoing] = useTransition();
  const state = readOutboxState(Object.fromEntries(given));
  const search = outboxSearch(state);
  const open = given.get('mail');
  const query = useInfiniteQuery({
    queryKey: ['outbox', search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(search);
      asked.set('view', state.view);
      if (pageParam) asked.set('cursor', pageParam);
      return api<OutboxPage>('GET', `/api/outbox?${asked}`, undefined, { signal });
    },
    getNextPageParam: (page) => page.nextCursor,
    ...(search === firstSearch && { initialData: { pages: [first], pageParams: [null] }, staleTime: 3000 }),
  });
  useLiveRefresh(
    'emails',
    atMostEveryMs,
    () => {
      // pages that were opened deep down are not read anew under somebody's eyes
      if ((query.data?.pages.length ?? 0) <= 1) void query.refetch();
    },
    () => true,
  );

  const go = (change: Partial<OutboxState>) =>
    startGoing(() => router.push(outboxHref({ ...state, ...change }), { scroll: false }));
  const setMail = (id: string | null) => {
    const next = new URLSearchParams(given);
    if (id) next.set('mail', id);
    else next.delete('mail');
    router.replace(`${pathname}?${next}`, { scroll: false });
  };
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <PageHeader
        title="Campaigns"
        tabs={tabs}
        filters={<Filters state={state} names={names} go={go} isGoing={isGoing} />}
      />
      <div className="max-w-5xl px-6 py-4 max-md:px-4">
        {query.isPending ? (
          <p role="status" className="appear-late py-10 text-center text-muted-foreground text-sm">
            Loading
          </p>
        ) : rows.length === 0 && !query.isError ? (
          <Nothing state={state} />
        ) : rows.length > 0 ? (
          <ol
            aria-label={`E-mails: ${outboxViewWords[state.view]}`}
            className="divide-y rounded-lg border bg-card"
          >
            {rows.map((row) => (
              <Line key={row.id} mail={row} isOpen={row.id === open} onOpen={() => setMail(row.id)} />
            ))}
          </ol>
        ) : null}
        {query.isError ? (
          <ErrorState
            title={
              rows.length > 0 ? 'The next e-mails could not be loaded' : 'The outbox could not be loaded'
            }
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
      {open ? <MailPanel key={open} id={open} onClose={() => setMail(null)} /> : null}
    </>
  );
}

/** Whether only its domain's pace is in the way: a time in the past would read as one at which it went. */
const isNextInTurn = (mail: OutboxRow) => mail.status === 'queued' && Date.parse(mail.at) <= Date.now();

function Line({ mail, isOpen, onOpen }: { mail: OutboxRow; isOpen: boolean; onOpen: () => void }) {
  return (
    <li
      className={cn(
        'relative grid grid-cols-[minmax(0,1fr)_16rem_6.5rem] items-start gap-x-4 gap-y-1 px-4 py-2.5 text-sm transition-colors duration-120 hover:bg-accent max-md:grid-cols-[minmax(0,1fr)_auto] max-md:px-3',
        isOpen && 'bg-selected',
      )}
    >
      <div className="min-w-0 max-md:col-span-2">
        <p className="flex min-w-0 flex-wrap gap-x-2">
          <button
            type="button"
            onClick={onOpen}
            className="rounded-sm text-left font-medium after:absolute after:inset-0"
          >
            {mail.person?.name ?? mail.to_address}
          </button>
          {mail.person ? <span className="truncate text-muted-foreground">{mail.to_address}</span> : null}
        </p>
        <p className="truncate">
          {mail.subject || <span className="text-muted-foreground">No subject</span>}
        </p>
        <p className="truncate text-muted-foreground text-xs">
          {[originOf(mail), mail.domain && `from ${mail.domain}`].filter(Boolean).join(' · ')}
        </p>
      </div>
      <MailBadge mail={mail} />
      {isNextInTurn(mail) ? (
        <span className="text-right text-muted-foreground text-xs">In its turn</span>
      ) : (
        <RelativeTime at={mail.at} className="text-right text-muted-foreground text-xs tabular-nums" />
      )}
    </li>
  );
}

function Filters({
  state,
  names,
  go,
  isGoing,
}: {
  state: OutboxState;
  names: OutboxNames;
  go: (change: Partial<OutboxState>) => void;
  isGoing: boolean;
}) {
  const figures = figuresOfView(state.view);
  const usual = state.view === 'all' ? 'Every state' : emailFigureWords[figures[0] ?? 'sent'].label;
  const chips = (
    [
      ['campaign', names.campaign ?? 'One campaign'],
      ['step', names.step ?? 'One e-mail'],
      ['variant', state.variant === 1 ? 'Subject B' : 'Subject A'],
      ['domain', names.domain ?? 'One domain'],
      ['person', names.person ?? 'One person'],
      ['days', `Last ${state.days} days`],
    ] as const
  ).filter(([key]) => state[key] !== null);
  return (
    <div
      aria-busy={isGoing}
      className={cn(
        'flex flex-wrap items-center gap-2 transition-opacity duration-120',
        isGoing && 'opacity-60',
      )}
    >
      <NativeSelect
        aria-label="Which e-mails"
        className="w-36 max-md:flex-1"
        value={state.view}
        onChange={(event) =>
          go({ view: event.target.value as OutboxState['view'], figure: null, days: null })
        }
      >
        {outboxViews.map((view) => (
          <option key={view} value={view}>
            {outboxViewWords[view]}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label="State"
        className="w-40 max-md:flex-1"
        value={state.figure ?? ''}
        onChange={(event) => go({ figure: (event.target.value || null) as OutboxState['figure'] })}
      >
        <option value="">{usual}</option>
        {(state.view === 'all' ? figures : figures.slice(1)).map((figure) => (
          <option key={figure} value={figure}>
            {emailFigureWords[figure].label}
          </option>
        ))}
      </NativeSelect>
      <SearchField label="Search by address" value={state.to} onChange={(to) => go({ to })} />
      {chips.map(([key, label]) => (
        <button
          key={key}
          type="button"
          onClick={() =>
            go(key === 'campaign' ? { campaign: null, step: null, variant: null } : { [key]: null })
          }
          className="inline-flex h-7 max-w-60 items-center gap-1 rounded-md border px-2 text-sm hover:bg-accent max-md:h-10"
        >
          <span className="truncate">{label}</span>
          <X aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
          <span className="sr-only">: remove this filter</span>
        </button>
      ))}
    </div>
  );
}

function Nothing({ state }: { state: OutboxState }) {
  const isNarrowed = outboxSearch(state) !== outboxSearch({ view: state.view });
  const words = {
    waiting: 'Nothing is waiting to go out',
    sent: 'Nothing was sent yet',
    stopped: 'Nothing was held back for good',
    all: 'No e-mail yet',
  } as const;
  return (
    <EmptyState
      icon={MailX}
      title={isNarrowed ? 'No e-mail fits these filters' : words[state.view]}
      description={
        isNarrowed
          ? 'Look at another state, or at every e-mail.'
          : 'Every e-mail of a campaign, a test or from one person to another stands here, with what became of it and why.'
      }
      action={
        <Link
          href={isNarrowed ? outboxHref({ view: 'all' }) : '/campaigns'}
          className={buttonVariants({ variant: 'outline' })}
        >
          {isNarrowed ? 'Clear the filters' : 'Open the campaigns'}
        </Link>
      }
    />
  );
}
