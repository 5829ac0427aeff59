'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Reply, RotateCcw, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { MailFrame } from '@/components/mail-frame';
import { RelativeTime } from '@/components/relative-time';
import { useShortcut } from '@/components/shortcuts';
import { SidePanel } from '@/components/side-panel';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { inboundKindWords, matchWords } from '../domain';
import type { InboundDetail, InboundRow } from '../schema';
import { MailAttachments } from './mail-attachments';
import { MailText } from './mail-text';
import { inboundKey } from './use-decisions';

const ComposeMail = dynamic(() => import('./compose-mail').then((module) => module.ComposeMail), {
  ssr: false,
});

/** One mail that came in, whose answer it is, and what can be done with it. */
export function ReplyPanel({
  id,
  onDecide,
  onClose,
}: {
  id: string;
  onDecide: (mail: InboundRow, verdict: 'confirm' | 'dismiss' | 'reopen') => Promise<void>;
  onClose: () => void;
}) {
  const [isAnswering, setAnswering] = useState(false);
  const [showsHtml, setShowsHtml] = useState(false);
  const {
    data: mail,
    error,
    refetch,
  } = useQuery({
    queryKey: [...inboundKey, id],
    queryFn: ({ signal }) => api<InboundDetail>('GET', `/api/inbound-emails/${id}`, undefined, { signal }),
  });
  const mayAnswer = mail !== undefined && mail.person !== null && mail.kind !== 'delivery_failure';
  useShortcut('r', 'Answer', () => setAnswering(true), { group: 'Replies', enabled: mayAnswer });
  const name = mail ? (mail.person?.name ?? mail.from_name ?? mail.from_address) : 'Mail';

  return (
    <SidePanel
      label={name}
      title={name}
      href={mail?.person ? `/people/${mail.person.id}` : undefined}
      onClose={onClose}
      footer={
        mail ? (
          <div className="flex flex-wrap items-center justify-end gap-2 max-md:pb-14">
            {mail.kind === 'possible' ? (
              <>
                <Button variant="ghost" onClick={() => void onDecide(mail, 'dismiss')}>
                  <X aria-hidden /> Not a reply
                </Button>
                <Button variant="outline" onClick={() => void onDecide(mail, 'confirm')}>
                  <Check aria-hidden /> It is a reply
                </Button>
              </>
            ) : null}
            {mail.kind === 'dismissed' ? (
              <Button variant="ghost" onClick={() => void onDecide(mail, 'reopen')}>
                <RotateCcw aria-hidden /> Decide again
              </Button>
            ) : null}
            {mayAnswer ? (
              <Button onClick={() => setAnswering(true)}>
                <Reply aria-hidden /> Answer
              </Button>
            ) : null}
          </div>
        ) : null
      }
    >
      {mail ? (
        <div className="px-5 py-4 max-md:px-4">
          <h2 className="font-semibold text-lg">{mail.subject || 'No subject'}</h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-sm">
            <span className="break-all">{mail.from_address}</span>
            <RelativeTime at={mail.received_at} className="text-xs" />
          </p>
          <p className="mt-2 flex flex-wrap items-center gap-2 text-sm">
            <Badge
              variant={
                mail.kind === 'possible' ? 'warning' : mail.kind === 'delivery_failure' ? 'danger' : 'neutral'
              }
            >
              {inboundKindWords[mail.kind]}
            </Badge>
            {mail.campaign ? (
              <Link href={`/campaigns/${mail.campaign.id}`} className="font-medium hover:underline">
                {mail.campaign.name}
              </Link>
            ) : null}
            <span className="text-muted-foreground text-xs">
              {mail.matched_by ? matchWords[mail.matched_by] : ''}
              {mail.decided_at ? ` ${mail.decided_by ?? 'Somebody'} decided it.` : ''}
            </span>
          </p>
          <div className="mt-4">
            {showsHtml && mail.body_html ? (
              <MailFrame className="h-72" title="The mail as it was written" html={mail.body_html} />
            ) : (
              <MailText text={mail.body_text ?? ''} />
            )}
            <MailAttachments names={mail.attachments} mailbox={mail.mailbox} />
            {mail.body_html ? (
              <Button
                variant="ghost"
                size="sm"
                className="-ml-2 mt-1 text-muted-foreground"
                onClick={() => setShowsHtml((shows) => !shows)}
              >
                {showsHtml ? 'Show as text' : 'Show as it was written'}
              </Button>
            ) : null}
          </div>
          {mail.answers ? (
            <section aria-label="What it answers" className="mt-6 border-t pt-4">
              <h3 className="font-medium text-sm">
                {mail.kind === 'possible' ? 'What we wrote last' : 'What it answers'}
              </h3>
              <p className="mt-1 flex flex-wrap gap-x-2 text-muted-foreground text-xs">
                <span>{mail.answers.subject}</span>
                {mail.answers.sent_at ? <RelativeTime at={mail.answers.sent_at} /> : null}
              </p>
              <MailText
                text={mail.answers.body_text ?? ''}
                className="mt-2 border-l-2 pl-3 text-muted-foreground"
              />
            </section>
          ) : null}
        </div>
      ) : error instanceof ApiError && error.status === 404 ? (
        <EmptyState
          title="There is no such mail"
          description="The link may be old, or belong to another workspace."
        />
      ) : error ? (
        <ErrorState
          title="This mail could not be loaded"
          description={error.message}
          requestId={error instanceof ApiError ? error.requestId : null}
          onRetry={() => void refetch()}
        />
      ) : (
        <DelayedSkeleton className="grid gap-3 p-5">
          {[48, 64, 40, 72].map((width) => (
            <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
          ))}
        </DelayedSkeleton>
      )}
      {isAnswering && mail?.person ? (
        <ComposeMail
          person={{ id: mail.person.id, name }}
          context={{ answers: mail.id, subject: mail.subject, to: mail.from_address }}
          onClose={() => setAnswering(false)}
        />
      ) : null}
    </SidePanel>
  );
}
