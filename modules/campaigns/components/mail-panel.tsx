'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { use, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ErrorState } from '@/components/error-state';
import { FormNotice } from '@/components/form-notice';
import { MailFrame } from '@/components/mail-frame';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { useShortcut } from '@/components/shortcuts';
import { SidePanel } from '@/components/side-panel';
import { StatusBadge } from '@/components/status-badge';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import type { CampaignDetail, EmailDetail } from '../answers';
import { fateOf, mailLook, whyLine } from './mail-words';
import { campaignKey, refreshCampaign } from './use-campaign';

const MailForm = dynamic(() => import('./mail-form').then((module) => module.MailForm), { ssr: false });

/**
 * One mail of a campaign beside its list: what it says, where it stands and why.
 * @param onAccept with `onRemove` and `startsEditing`, for one that is reviewed
 */
export function MailPanel({
  campaign,
  id,
  startsEditing = false,
  onClose,
  onAccept,
  onRemove,
}: {
  campaign: CampaignDetail;
  id: string;
  startsEditing?: boolean;
  onClose: () => void;
  onAccept?: () => void;
  onRemove?: () => void;
}) {
  const client = useQueryClient();
  const timeZone = use(TimeZoneContext);
  const [isEditing, setIsEditing] = useState(startsEditing);
  const [retrying, setRetrying] = useState(false);
  const query = useQuery({
    queryKey: campaignKey(campaign.id, 'email', id),
    queryFn: ({ signal }) =>
      api<EmailDetail>('GET', `/api/campaigns/${campaign.id}/emails/${id}`, undefined, { signal }),
  });
  const mail = query.data;
  const isStaged = mail?.status === 'staged';
  useShortcut('e', 'Edit the e-mail', () => setIsEditing(true), {
    group: 'Panel',
    enabled: isStaged && !isEditing,
  });

  const name = mail?.person?.name ?? mail?.to_address ?? 'E-mail';
  const why = mail ? whyLine(mail, timeZone) : null;
  const fate = mail ? fateOf(mail) : null;
  const canRetry = mail?.status === 'failed' || mail?.status === 'unknown';
  return (
    <SidePanel
      label={`E-mail to ${name}`}
      title={name}
      onClose={onClose}
      footer={
        isStaged && !isEditing ? (
          <div className="flex gap-2">
            {onAccept ? (
              <Button onClick={onAccept}>
                <Check aria-hidden /> Accept
              </Button>
            ) : null}
            <Button variant="outline" onClick={() => setIsEditing(true)}>
              <Pencil aria-hidden /> Edit
            </Button>
            {onRemove ? (
              <Button variant="ghost" className="ml-auto" onClick={onRemove}>
                <Trash2 aria-hidden className="text-destructive-text" /> Remove
              </Button>
            ) : null}
          </div>
        ) : canRetry ? (
          <Button variant="outline" onClick={() => setRetrying(true)}>
            <RotateCcw aria-hidden /> Send it again
          </Button>
        ) : undefined
      }
    >
      {query.isError ? (
        <ErrorState
          title="The e-mail could not be loaded"
          description={query.error.message}
          onRetry={() => void query.refetch()}
          requestId={query.error instanceof ApiError ? query.error.requestId : null}
        />
      ) : !mail ? (
        <div className="grid gap-3 p-5">
          <Skeleton className="h-4 w-60" />
          <Skeleton className="h-48" />
        </div>
      ) : isEditing && isStaged ? (
        <MailForm
          campaign={campaign}
          mail={mail}
          onClose={() => setIsEditing(false)}
          onDone={async () => {
            await refreshCampaign(client, campaign.id);
            setIsEditing(false);
          }}
        />
      ) : (
        <div className="grid gap-4 p-5 max-md:p-4">
          {why ? <FormNotice tone={canRetry ? 'problem' : 'info'}>{why}</FormNotice> : null}
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
            <dt className="text-muted-foreground">State</dt>
            <dd>
              <StatusBadge {...mailLook(mail)} />
              {fate ? (
                <span className="text-muted-foreground">
                  {' '}
                  <RelativeTime at={fate.at} />
                </span>
              ) : null}
            </dd>
            <dt className="text-muted-foreground">From</dt>
            <dd className="truncate">
              {mail.from_name}, {mail.from_address}
            </dd>
            <dt className="text-muted-foreground">To</dt>
            <dd className="truncate">
              {mail.person ? (
                <Link href={`/people/${mail.person.id}`} className="hover:underline">
                  {mail.person.name ?? 'No name'}
                </Link>
              ) : null}
              {mail.person ? ', ' : ''}
              {mail.to_address}
            </dd>
            <dt className="text-muted-foreground">Subject</dt>
            <dd className="font-medium">{mail.subject}</dd>
            {mail.step_name ? (
              <>
                <dt className="text-muted-foreground">E-mail</dt>
                <dd>{mail.step_name}</dd>
              </>
            ) : null}
          </dl>
          {mail.body_html ? (
            <MailFrame className="h-120" html={mail.body_html} title={`E-mail to ${name}`} />
          ) : (
            <div className="whitespace-pre-wrap break-words rounded-md border bg-background p-4 text-base leading-6">
              {mail.body_text ?? 'Its text is not written yet.'}
            </div>
          )}
        </div>
      )}
      <ConfirmDialog
        open={retrying}
        onOpenChange={setRetrying}
        title={`Send it again to ${name}?`}
        description={
          mail?.status === 'unknown'
            ? 'It may have gone out the first time: then this person gets it twice. Look into the provider’s log before.'
            : 'The provider refused it. It is queued once more.'
        }
        confirmLabel="Send again"
        destructive={mail?.status === 'unknown'}
        onConfirm={async () => {
          await api('POST', `/api/campaigns/${campaign.id}/emails/${id}/retry`);
          notify.success('Queued again');
          await refreshCampaign(client, campaign.id);
        }}
      />
    </SidePanel>
  );
}
