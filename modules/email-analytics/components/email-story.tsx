'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { type ReactNode, use, useState } from 'react';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { TimeZoneContext } from '@/components/time-zone';
import { ApiError, api } from '@/lib/api-client';
import { formatDateTime, formatNumber } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import { conditionWords, exitReasonWords, leftOutWords } from '@/modules/campaigns/domain';
import { reasonSentence } from '@/modules/gate/reasons';
import type { CampaignStory, EmailStory as Story } from '../story';
import type { OutboxRow } from '../types';
import { MailBadge, originOf } from './mail-badge';

const MailPanel = dynamic(() => import('./mail-panel').then((module) => module.MailPanel), { ssr: false });

/** Which e-mails a person got, will get and will not get, and why. */
export function EmailStory({ start }: { start: Story }) {
  const client = useQueryClient();
  const { id } = start.person;
  const key = ['email-story', id];
  const {
    data = start,
    error,
    refetch,
  } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api<Story>('GET', `/api/people/${id}/emails`, undefined, { signal }),
    initialData: start,
    staleTime: 3000,
  });
  useLive('emails', (ids) => {
    if (ids === null || ids.includes(id)) void client.invalidateQueries({ queryKey: key });
  });
  const [open, setOpen] = useState<string | null>(null);
  const expected = data.campaigns.filter((campaign) => campaign.expected.length > 0);
  const over = data.campaigns.filter(
    ({ exit_reason }) => exit_reason !== null && exit_reason !== 'completed',
  );
  return (
    <>
      <PageHeader
        title={`E-mails: ${data.person.name}`}
        back={{ href: `/people/${id}`, label: data.person.name }}
      />
      <div className="grid max-w-4xl gap-8 px-6 py-5 max-md:px-4">
        {error ? (
          <ErrorState
            title="What is shown may be old"
            onRetry={() => void refetch()}
            requestId={error instanceof ApiError ? error.requestId : null}
            className="py-4"
          />
        ) : null}
        <Addresses story={data} />
        <Part title="Will get" count={data.coming.length} empty="Nothing is queued for this person.">
          {data.coming.length > 0 ? <Mails mails={data.coming} onOpen={setOpen} /> : null}
          {expected.map((campaign) => (
            <Expected key={campaign.recipient_id} campaign={campaign} />
          ))}
        </Part>
        <Part
          title="Will not get"
          count={data.not_coming.length}
          empty="No e-mail to this person was held back for good."
        >
          {over.length > 0 ? (
            <ul className="grid gap-1 text-sm not-last:mb-3">
              {over.map(({ recipient_id, campaign, exit_reason, exited_at }) => (
                <li key={recipient_id}>
                  Nothing more of <Campaign campaign={campaign} />: {exitWords(exit_reason)}
                  {exited_at ? (
                    <>
                      , <RelativeTime at={exited_at} className="text-muted-foreground" />
                    </>
                  ) : null}
                  .
                </li>
              ))}
            </ul>
          ) : null}
          {data.left_out.length > 0 ? (
            <ul className="grid gap-1 text-sm not-last:mb-3">
              {data.left_out.map(({ campaign, reason }) => (
                <li key={campaign.id}>
                  Left out of <Campaign campaign={campaign} />: {whyLeftOut(reason, campaign.status)}.
                </li>
              ))}
            </ul>
          ) : null}
          {data.not_coming.length > 0 ? <Mails mails={data.not_coming} onOpen={setOpen} /> : null}
        </Part>
        <Part title="Got" count={data.got.length} empty="No e-mail has gone to this person yet.">
          {data.got.length > 0 ? <Mails mails={data.got} onOpen={setOpen} /> : null}
        </Part>
        {data.answers.length > 0 ? <Answers answers={data.answers} /> : null}
      </div>
      {open ? <MailPanel key={open} id={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

const inSentence = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);
const exitWords = (reason: string | null): string =>
  inSentence((exitReasonWords as Readonly<Record<string, string>>)[reason ?? ''] ?? reason ?? '');
/** Only a draft can still take somebody whom nothing forbids any more. */
const whyLeftOut = (reason: string, status: string): string =>
  reason === 'ready' && status !== 'draft'
    ? 'could not be written to when it was launched'
    : inSentence((leftOutWords as Readonly<Record<string, string>>)[reason] ?? reason);

function Campaign({ campaign }: { campaign: CampaignStory['campaign'] }) {
  return (
    <Link
      href={`/campaigns/${campaign.id}`}
      prefetch={false}
      className="font-medium underline-offset-2 hover:underline"
    >
      {campaign.name}
    </Link>
  );
}

function Part({
  title,
  count,
  empty,
  children,
}: {
  title: string;
  count: number;
  empty: string;
  children: ReactNode;
}) {
  const isEmpty = Array.isArray(children)
    ? children.every((child) => !child || (Array.isArray(child) && child.length === 0))
    : !children;
  return (
    <section aria-label={title}>
      <h2 className="mb-2 font-semibold">
        {title}
        {count > 0 ? (
          <span className="ml-2 font-normal text-muted-foreground text-sm tabular-nums">
            {formatNumber(count)}
          </span>
        ) : null}
      </h2>
      {isEmpty ? <p className="text-muted-foreground text-sm">{empty}</p> : children}
    </section>
  );
}

function Mails({ mails, onOpen }: { mails: readonly OutboxRow[]; onOpen: (id: string) => void }) {
  return (
    <ol className="divide-y rounded-lg border bg-card">
      {mails.map((mail) => (
        <li
          key={mail.id}
          className="relative grid grid-cols-[minmax(0,1fr)_15rem_6.5rem] items-start gap-x-4 gap-y-1 px-4 py-2.5 text-sm transition-colors duration-120 hover:bg-accent max-md:grid-cols-[minmax(0,1fr)_auto] max-md:px-3"
        >
          <div className="min-w-0 max-md:col-span-2">
            <button
              type="button"
              onClick={() => onOpen(mail.id)}
              className="max-w-full truncate rounded-sm text-left font-medium after:absolute after:inset-0"
            >
              {mail.subject || 'No subject'}
            </button>
            <p className="truncate text-muted-foreground text-xs">
              {[originOf(mail), `to ${mail.to_address}`].filter(Boolean).join(' · ')}
            </p>
          </div>
          <MailBadge mail={mail} />
          <RelativeTime at={mail.at} className="text-right text-muted-foreground text-xs tabular-nums" />
        </li>
      ))}
    </ol>
  );
}

/** The mails that may follow: each with what must be true when its time has come. */
function Expected({ campaign }: { campaign: CampaignStory }) {
  const zone = use(TimeZoneContext);
  return (
    <div className="mt-3 rounded-lg border border-dashed px-4 py-3 text-sm">
      <p className="mb-1">
        May follow in <Campaign campaign={campaign.campaign} />
        {campaign.campaign.status === 'paused' ? ', which is paused' : ''}:
      </p>
      <ol className="grid gap-1">
        {campaign.expected.map((mail) => (
          <li key={mail.key} className="flex flex-wrap justify-between gap-x-4">
            <span>
              <span className="font-medium">{mail.step}</span>
              <span className="text-muted-foreground">
                {' '}
                · {conditionWords[mail.condition].toLowerCase()} after {mail.after}
              </span>
            </span>
            <span className="text-muted-foreground text-xs tabular-nums">
              {mail.at ? `not before ${formatDateTime(mail.at, zone)}` : 'time not known yet'}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

const verdicts = {
  send: { label: 'Can be written to', glyph: 'check', tone: 'positive' },
  hold: { label: 'Not now', glyph: 'half', tone: 'warning' },
  drop: { label: 'Nothing is sent', glyph: 'ban', tone: 'danger' },
} as const;

/** Each address with what would become of a mail to it now. */
function Addresses({ story }: { story: Story }) {
  return (
    <Part
      title="Addresses"
      count={0}
      empty="No e-mail address is known, so no campaign can reach this person."
    >
      {story.addresses.length > 0 ? (
        <ul className="divide-y rounded-lg border bg-card">
          {story.addresses.map((address) => (
            <li
              key={address.id}
              className="grid grid-cols-[minmax(0,1fr)_22rem] gap-x-4 gap-y-1 px-4 py-2.5 text-sm max-md:grid-cols-1 max-md:px-3"
            >
              <div className="min-w-0">
                <p className="truncate font-medium">{address.address}</p>
                <p className="text-muted-foreground text-xs">
                  {[address.is_primary ? 'Primary' : null, address.label].filter(Boolean).join(' · ')}
                </p>
              </div>
              <div>
                <StatusBadge {...verdicts[address.gate.verdict]} />
                {address.gate.reason === 'ok' ? null : (
                  <p className="text-muted-foreground text-xs">
                    {reasonSentence(address.gate.reason)}
                    {address.since && address.status !== 'active' ? (
                      <>
                        {' '}
                        Since <RelativeTime at={address.since} />.
                      </>
                    ) : null}
                    {address.gate.until ? (
                      <>
                        {' '}
                        Again <RelativeTime at={address.gate.until} />.
                      </>
                    ) : null}
                  </p>
                )}
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </Part>
  );
}

const answerWords = {
  reply: 'Replied',
  possible: 'May be a reply',
  auto_reply: 'Automatic answer',
  delivery_failure: 'Delivery failure',
} as const;

function Answers({ answers }: { answers: Story['answers'] }) {
  return (
    <Part title="Answered" count={answers.length} empty="">
      <ol className="divide-y rounded-lg border bg-card">
        {answers.map((answer) => (
          <li key={answer.id} className="flex flex-wrap justify-between gap-x-4 px-4 py-2.5 text-sm">
            <span className="min-w-0">
              <span className="font-medium">{answerWords[answer.kind]}</span>
              <span className="text-muted-foreground">
                {' '}
                · {answer.subject || 'No subject'} · from {answer.from_address}
              </span>
            </span>
            <RelativeTime at={answer.at} className="text-muted-foreground text-xs tabular-nums" />
          </li>
        ))}
      </ol>
    </Part>
  );
}
