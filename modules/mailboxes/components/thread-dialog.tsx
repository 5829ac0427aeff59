'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Reply, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { MailFrame } from '@/components/mail-frame';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { api } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import { reasonSentence } from '@/modules/gate/reasons';
import { messageOf } from '@/modules/records/components/use-bulk';
import { inboundKindWords } from '../domain';
import type { InboundDetail, PersonMail, ThreadMessage } from '../schema';
import type { MailContext } from './compose-mail';
import { MailAttachments } from './mail-attachments';
import { MailText } from './mail-text';
import { personMailKey } from './use-person-mail';

/** A conversation with a person, the oldest mail first. `r` answers. */
export function ThreadDialog({
  person,
  thread,
  onAnswer,
  onClose,
}: {
  person: { id: string; name: string };
  thread: PersonMail['threads'][number];
  onAnswer: (context: MailContext) => void;
  onClose: () => void;
}) {
  const last = thread.messages.findLast(({ status }) => status === 'received' || status === 'sent');
  const answer = () => {
    if (!last) return;
    const subject = last.subject ?? thread.subject;
    onAnswer(
      last.direction === 'in'
        ? { answers: last.id, subject, to: last.from_address }
        : { follows: last.id, subject, to: last.to_address ?? undefined },
    );
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        aria-describedby={undefined}
        className="sm:max-w-2xl"
        onKeyDown={(event) => {
          if (event.key === 'r' && !event.metaKey && !event.ctrlKey && !event.altKey) answer();
        }}
      >
        <DialogHeader>
          <DialogTitle>{thread.subject || 'No subject'}</DialogTitle>
        </DialogHeader>
        <DialogBody className="grid content-start gap-5">
          {thread.messages.map((message) => (
            <Message key={message.id} person={person} message={message} />
          ))}
        </DialogBody>
        <DialogFooter>
          <Button variant="outline" onClick={onClose}>
            Close
          </Button>
          {last ? (
            <Button onClick={answer}>
              <Reply aria-hidden /> {last.direction === 'in' ? 'Answer' : 'Write again'}
            </Button>
          ) : null}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Message({ person, message }: { person: { id: string; name: string }; message: ThreadMessage }) {
  const isOut = message.direction === 'out';
  const client = useQueryClient();
  const [showsHtml, setShowsHtml] = useState(false);
  const [asking, setAsking] = useState(false);
  const html = useQuery({
    queryKey: ['inbound-emails', message.id],
    enabled: showsHtml,
    queryFn: () => api<InboundDetail>('GET', `/api/inbound-emails/${message.id}`),
  });
  async function retry() {
    try {
      await api('POST', `/api/people/${person.id}/mail/${message.id}/retry`);
      notify.success('It is sent again');
    } catch (error) {
      notify.error('It was not sent again', { description: messageOf(error) });
    }
    await client.invalidateQueries({ queryKey: personMailKey(person.id) });
  }
  const kind = message.kind as keyof typeof inboundKindWords;
  const mayRetry =
    message.is_mine &&
    (message.kind === 'direct' || message.kind === 'followup') &&
    ['failed', 'unknown'].includes(message.status);
  return (
    <article aria-label={`${isOut ? 'From us' : 'From them'}: ${message.subject ?? ''}`}>
      <header className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className={cn('font-medium text-sm', isOut && 'text-muted-foreground')}>
          {message.from_name || message.from_address}
        </span>
        {!isOut && kind !== 'reply' ? <Badge variant="outline">{inboundKindWords[kind]}</Badge> : null}
        {message.campaign ? (
          <Link
            href={`/campaigns/${message.campaign.id}`}
            className="text-muted-foreground text-xs hover:underline"
          >
            {message.campaign.name}
          </Link>
        ) : null}
        {message.opened_at ? <Badge variant="outline">Opened</Badge> : null}
        {message.bounced_at ? <Badge variant="danger">Not delivered</Badge> : null}
        <RelativeTime at={message.at} className="ml-auto text-muted-foreground text-xs" />
      </header>
      {isOut && message.status !== 'sent' ? (
        <div
          className={cn(
            'mb-2 flex flex-wrap items-center gap-2 rounded-md px-3 py-1.5 text-sm',
            message.status === 'failed' || message.status === 'cancelled'
              ? 'bg-destructive-soft'
              : 'bg-warning-soft',
          )}
        >
          <p className="min-w-0 flex-1">
            {message.status === 'cancelled' && message.reason
              ? `Not sent. ${reasonSentence(message.reason)}`
              : message.status === 'failed'
                ? `Not sent. ${message.error ?? ''}`
                : message.status === 'unknown'
                  ? 'It may have been sent: the connection was lost before Gmail answered. Its mailbox is looked at within a minute.'
                  : message.reason && message.reason !== 'ok'
                    ? `It waits. ${reasonSentence(message.reason)}`
                    : message.error
                      ? `It waits, and is tried again. ${message.error}`
                      : 'It is being sent.'}
          </p>
          {mayRetry ? (
            <Button
              size="sm"
              variant="outline"
              onClick={() => (message.status === 'unknown' ? setAsking(true) : void retry())}
            >
              <RotateCw aria-hidden /> Send again
            </Button>
          ) : null}
        </div>
      ) : null}
      {showsHtml && html.data?.body_html ? (
        <MailFrame className="h-72" title="The mail as it was written" html={html.data.body_html} />
      ) : (
        <MailText
          text={message.body_text ?? ''}
          className={cn('border-l-2 pl-3', !isOut && 'border-l-info')}
        />
      )}
      <MailAttachments names={message.attachments ?? []} mailbox={message.to_address} />
      {message.has_html && !isOut ? (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2 mt-1 text-muted-foreground"
          onClick={() => setShowsHtml((shows) => !shows)}
        >
          {showsHtml ? 'Show as text' : 'Show as it was written'}
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Send it again to ${person.name}?`}
        description="It may have gone out the first time: then it comes twice. Look among the sent mails of your mailbox before."
        confirmLabel="Send again"
        destructive
        onConfirm={retry}
      />
    </article>
  );
}
