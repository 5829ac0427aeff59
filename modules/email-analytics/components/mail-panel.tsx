'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { use } from 'react';
import { ErrorState } from '@/components/error-state';
import { RelativeTime } from '@/components/relative-time';
import { SidePanel } from '@/components/side-panel';
import { TimeZoneContext } from '@/components/time-zone';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatDateTime } from '@/lib/format';
import type { OutboxEmail } from '../types';
import { MailBadge, originOf } from './mail-badge';
import { MailBody } from './mail-body';

const eventWords: Readonly<Record<string, string>> = {
  sent: 'Taken by the mail provider',
  delivered: 'Delivered',
  bounced: 'Bounced',
  delayed: 'Delayed by the recipient’s mail server',
  rejected: 'Rejected by the mail provider',
  complained: 'Reported as spam',
  unsubscribed: 'Unsubscribed',
  opened: 'Opened',
  clicked: 'Clicked a link',
  replied: 'Replied',
};

/** One mail beside the list: whom, from whom, why it is where it is, its text, and what was told of it. */
export function MailPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['outbox-email', id],
    queryFn: ({ signal }) => api<OutboxEmail>('GET', `/api/outbox/${id}`, undefined, { signal }),
  });
  return (
    <SidePanel label="E-mail" title={data?.subject || (data ? 'No subject' : 'E-mail')} onClose={onClose}>
      {data ? (
        <Mail mail={data} />
      ) : error ? (
        <ErrorState
          title="This e-mail could not be read"
          onRetry={() => void refetch()}
          requestId={error instanceof ApiError ? error.requestId : null}
        />
      ) : (
        <div role="status" aria-busy className="appear-late grid gap-3 p-5">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-4 w-56" />
          <Skeleton className="h-4 w-72" />
          <Skeleton className="h-64 w-full" />
        </div>
      )}
    </SidePanel>
  );
}

function Mail({ mail }: { mail: OutboxEmail }) {
  const zone = use(TimeZoneContext);
  const when = mail.sent_at ? 'Sent' : mail.run_at ? 'Due' : null;
  return (
    <div className="grid gap-5 px-5 py-4 max-md:px-4">
      <MailBadge mail={mail} />
      <dl className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        <dt className="text-muted-foreground">To</dt>
        <dd className="break-words">
          {mail.person ? (
            <Link
              href={`/people/${mail.person.id}/emails`}
              prefetch={false}
              className="font-medium underline-offset-2 hover:underline"
            >
              {mail.person.name}
            </Link>
          ) : null}{' '}
          <span className={mail.person ? 'text-muted-foreground' : undefined}>{mail.to_address}</span>
        </dd>
        <dt className="text-muted-foreground">From</dt>
        <dd className="break-words">
          {mail.from_name} <span className="text-muted-foreground">{mail.from_address}</span>
        </dd>
        {mail.reply_to ? (
          <>
            <dt className="text-muted-foreground">Replies to</dt>
            <dd className="break-words">{mail.reply_to}</dd>
          </>
        ) : null}
        {mail.campaign ? (
          <>
            <dt className="text-muted-foreground">Campaign</dt>
            <dd>
              <Link
                href={`/campaigns/${mail.campaign.id}`}
                prefetch={false}
                className="underline-offset-2 hover:underline"
              >
                {mail.campaign.name}
              </Link>
              {mail.step ? <span className="text-muted-foreground"> · {mail.step}</span> : null}
            </dd>
          </>
        ) : (
          <>
            <dt className="text-muted-foreground">Kind</dt>
            <dd>{originOf(mail)}</dd>
          </>
        )}
        {when ? (
          <>
            <dt className="text-muted-foreground">{when}</dt>
            <dd className="tabular-nums">{formatDateTime(mail.at, zone)}</dd>
          </>
        ) : null}
        {mail.attempts > 1 ? (
          <>
            <dt className="text-muted-foreground">Attempts</dt>
            <dd className="tabular-nums">{mail.attempts}</dd>
          </>
        ) : null}
      </dl>
      {mail.last_error && mail.status !== 'failed' ? (
        <p className="rounded-lg border px-3 py-2 text-muted-foreground text-sm">
          The last error: {mail.last_error}
        </p>
      ) : null}
      <section aria-label="Text">
        <MailBody html={mail.body_html} text={mail.body_text} title={mail.subject} />
        {mail.is_edited ? (
          <p className="mt-1 text-muted-foreground text-xs">Edited by hand before it went.</p>
        ) : null}
      </section>
      {mail.events.length > 0 ? (
        <section aria-label="What happened">
          <h3 className="mb-1 font-medium text-sm">What happened</h3>
          <ol className="grid gap-1 text-sm">
            {mail.events.map((event) => (
              <li key={event.id} className="flex justify-between gap-3">
                <span>{eventWords[event.type] ?? event.type}</span>
                <RelativeTime at={event.occurred_at} className="text-muted-foreground text-xs" />
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </div>
  );
}
