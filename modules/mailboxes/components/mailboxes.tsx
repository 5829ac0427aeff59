'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, Mail, Plus, TriangleAlert, Unplug } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { EmptyState } from '@/components/empty-state';
import { FormNotice } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { SettingsSection } from '@/components/settings-section';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { MailboxPage, MailboxRow } from '../schema';

const queryKey = ['mailboxes'];
const refreshMs = 15_000;

/** What went wrong on the way back from Google. */
const problems: Record<string, string> = {
  state:
    'The answer from Google didn’t belong to a connection that was begun in this browser, or came too late. Begin again.',
  denied: 'Google was told not to allow it. Nothing was connected.',
  refused:
    'Reading and sending must both be allowed, or replies can’t be found and answered. Begin again and leave both ticked.',
  taken: 'A colleague has connected this mailbox already. They can disconnect it here.',
  session: 'You were signed in as somebody else when you came back. Begin again.',
  failed: 'Google could not be asked, or refused. Nothing was connected. Try again.',
};

/**
 * The workspace's mailboxes: connect one's own, connect it again, let it go.
 * @param connected the address that was just connected  @param problem why it was not
 */
export function Mailboxes({
  start,
  isAdmin,
  connected,
  problem,
}: {
  start: { page: MailboxPage; at: number };
  isAdmin: boolean;
  connected: string | null;
  problem: string | null;
}) {
  const client = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const [ending, setEnding] = useState<MailboxRow | null>(null);
  const { data: page } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<MailboxPage>('GET', '/api/mailboxes', undefined, { signal }),
    initialData: start.page,
    initialDataUpdatedAt: start.at,
    refetchInterval: refreshMs,
  });

  async function connect(address?: string) {
    setLeaving(true);
    try {
      const { url } = await api<{ url: string }>('POST', '/api/mailboxes/connect', { address });
      window.location.assign(url);
    } catch (error) {
      setLeaving(false);
      notify.error('Google can’t be asked', { description: messageOf(error) });
    }
  }

  async function disconnect(mailbox: MailboxRow) {
    const before = client.getQueryData<MailboxPage>(queryKey);
    client.setQueryData<MailboxPage>(
      queryKey,
      (list) =>
        list && {
          ...list,
          mailboxes: list.mailboxes.map((each) =>
            each.id === mailbox.id ? { ...each, status: 'disconnected' as const } : each,
          ),
        },
    );
    try {
      await api('DELETE', `/api/mailboxes/${mailbox.id}`);
      notify.success(`${mailbox.address} is disconnected`);
    } catch (error) {
      client.setQueryData(queryKey, before);
      notify.error('It is still connected', { description: messageOf(error) });
    }
    await client.invalidateQueries({ queryKey });
  }

  const canConnect = page.missing.length === 0;
  const button = (
    <Button size="sm" loading={leaving} disabled={!canConnect} onClick={() => void connect()}>
      <Plus aria-hidden /> Connect a mailbox
    </Button>
  );
  return (
    <SettingsSection
      wide
      title="Mailboxes"
      description="Replies are read from here, and single mails go out through here. Mails that answer none of yours are not kept."
      action={page.mailboxes.length > 0 ? button : null}
    >
      <div className="grid gap-3">
        {page.mailboxes.some(({ address, status }) => address === connected && status === 'connected') ? (
          <FormNotice>
            {connected} is connected. Its last week is being read; from then on it is read every minute.
          </FormNotice>
        ) : null}
        {problem ? <FormNotice tone="problem">{problems[problem] ?? problems.failed}</FormNotice> : null}
        {canConnect ? null : (
          <FormNotice tone="problem">
            Mailboxes can’t be connected yet. Whoever runs this installation sets{' '}
            {page.missing.map((name, index) => (
              <span key={name}>
                {index > 0 ? ', ' : ''}
                <code className="font-mono text-xs">{name}</code>
              </span>
            ))}
            ; the file .env.example says how.
          </FormNotice>
        )}
        {page.mailboxes.length === 0 ? (
          <EmptyState
            icon={Mail}
            headingLevel={3}
            className="max-w-none rounded-lg border py-10"
            title="No mailbox is connected"
            description="Connect the Gmail account that your team’s replies come to. It stops a sequence as soon as somebody answers."
            action={button}
          />
        ) : (
          <ul className="divide-y rounded-lg border">
            {page.mailboxes.map((mailbox) => (
              <Row
                key={mailbox.id}
                mailbox={mailbox}
                mayEnd={mailbox.is_mine || isAdmin}
                mayConnect={canConnect && !leaving && (mailbox.is_mine || mailbox.status !== 'connected')}
                onConnect={() => void connect(mailbox.address)}
                onEnd={() => setEnding(mailbox)}
              />
            ))}
          </ul>
        )}
      </div>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title={`Disconnect ${ending?.address ?? ''}?`}
        description="Replies to it are no longer seen, so sequences go on for whoever answers there. Mails that wait to be sent through it are dropped. What was read stays."
        confirmLabel="Disconnect"
        destructive
        onConfirm={() => (ending ? disconnect(ending) : undefined)}
      />
    </SettingsSection>
  );
}

const states = {
  connected: { label: 'Connected', variant: 'neutral' },
  reconnect: { label: 'Connect again', variant: 'warning' },
  disconnected: { label: 'Disconnected', variant: 'outline' },
} as const;

function Row({
  mailbox,
  mayEnd,
  mayConnect,
  onConnect,
  onEnd,
}: {
  mailbox: MailboxRow;
  mayEnd: boolean;
  mayConnect: boolean;
  onConnect: () => void;
  onEnd: () => void;
}) {
  const { label, variant } = states[mailbox.status];
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
          <span className="min-w-0 break-all">{mailbox.address}</span>
          <Badge variant={variant}>
            {mailbox.status === 'connected' ? <CircleCheck aria-hidden /> : null}
            {mailbox.status === 'reconnect' ? <TriangleAlert aria-hidden /> : null}
            {label}
          </Badge>
        </p>
        <p className="text-muted-foreground text-xs">
          {mailbox.is_mine ? 'Yours' : (mailbox.user_name ?? 'Somebody who has left')}
          {mailbox.synced_at ? (
            <>
              {' · read '}
              <RelativeTime at={mailbox.synced_at} />
            </>
          ) : mailbox.status === 'connected' ? (
            ' · not read yet'
          ) : null}
          {mailbox.replies > 0 ? ` · ${formatCount(mailbox.replies, 'reply', 'replies')} in 30 days` : null}
        </p>
        {mailbox.last_error && mailbox.status !== 'disconnected' ? (
          <p className="mt-1 text-sm text-warning-text">
            {mailbox.status === 'reconnect'
              ? 'Google no longer lets us read it: the permission was taken back or has run out. Replies are not seen until it is connected again.'
              : `The last try failed, and the next comes within a minute: ${mailbox.last_error}`}
          </p>
        ) : null}
      </div>
      <div className="flex shrink-0 gap-1">
        {mailbox.status !== 'connected' && mayConnect ? (
          <Button
            size="sm"
            variant={mailbox.status === 'reconnect' ? 'default' : 'outline'}
            onClick={onConnect}
          >
            Connect again
          </Button>
        ) : null}
        {mailbox.status !== 'disconnected' && mayEnd ? (
          <Button size="sm" variant="ghost" onClick={onEnd}>
            <Unplug aria-hidden /> Disconnect
          </Button>
        ) : null}
      </div>
    </li>
  );
}
