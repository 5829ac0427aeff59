'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Ban, Ellipsis, Pause, Play, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Menu } from '@/components/menu';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { CampaignDetail } from '../answers';
import { campaignKey, refreshCampaign } from './use-campaign';

/** What else can be done with a draft: deleting it. */
export function DraftMenu({ campaign }: { campaign: CampaignDetail }) {
  const client = useQueryClient();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu
        label="Campaign"
        align="end"
        items={[
          {
            label: campaign.status === 'draft' ? 'Delete the draft' : 'Delete the campaign',
            icon: Trash2,
            destructive: true,
            onSelect: () => setAsking(true),
          },
        ]}
        trigger={(props) => (
          <Button variant="ghost" size="icon-sm" aria-label="More" {...props}>
            <Ellipsis aria-hidden className="text-muted-foreground" />
          </Button>
        )}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${campaign.name}?`}
        description={
          campaign.status === 'draft'
            ? 'The draft and its list of recipients go. The people stay as they are.'
            : 'It leaves the list. What was sent stays on each person’s timeline.'
        }
        confirmLabel="Delete"
        destructive
        onConfirm={async () => {
          await api('DELETE', `/api/campaigns/${campaign.id}`);
          void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
          notify.success('Campaign deleted', {
            action: {
              label: 'Undo',
              onClick: () =>
                void api('POST', `/api/campaigns/${campaign.id}/restore`)
                  .then(() => refreshCampaign(client, campaign.id))
                  .catch((error: unknown) => notify.error('Not undone', { description: messageOf(error) })),
            },
          });
          router.push('/campaigns');
        }}
      />
    </>
  );
}

/** Pausing, resuming and cancelling a campaign that was launched, each with what it means. */
export function RunningActions({ campaign }: { campaign: CampaignDetail }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id, status, recipients } = campaign;
  const left = recipients.staged + recipients.active;
  const isOver = status === 'completed' || status === 'cancelled';

  async function tell(what: 'pause' | 'resume', done: string, description: string) {
    setBusy(true);
    // shown at once; the answer, or the refusal, puts it right
    const before = client.getQueryData<CampaignDetail>(campaignKey(id, 'detail'));
    if (what === 'pause' && before)
      client.setQueryData(campaignKey(id, 'detail'), { ...before, status: 'paused' });
    try {
      await api('POST', `/api/campaigns/${id}/${what}`);
      notify.success(done, { description });
    } catch (error) {
      client.setQueryData(campaignKey(id, 'detail'), before);
      notify.error(what === 'pause' ? 'Not paused' : 'Not resumed', { description: messageOf(error) });
    }
    await refreshCampaign(client, id);
    setBusy(false);
  }
  if (isOver) return <DraftMenu campaign={campaign} />;
  return (
    <>
      {status === 'paused' ? (
        <Button
          loading={busy}
          onClick={() =>
            void tell('resume', 'Campaign resumed', 'What is due goes out in its sending hours.')
          }
        >
          <Play aria-hidden /> Resume
        </Button>
      ) : (
        <Button
          variant="outline"
          loading={busy}
          onClick={() =>
            void tell(
              'pause',
              'Campaign paused',
              'Nothing more goes out. Replies, unsubscribes and bounces are still taken in.',
            )
          }
        >
          <Pause aria-hidden /> Pause
        </Button>
      )}
      <Menu
        label="Campaign"
        align="end"
        items={[
          { label: 'Cancel the campaign', icon: Ban, destructive: true, onSelect: () => setAsking(true) },
        ]}
        trigger={(props) => (
          <Button variant="ghost" size="icon" aria-label="More" {...props}>
            <Ellipsis aria-hidden className="text-muted-foreground" />
          </Button>
        )}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Cancel ${campaign.name}?`}
        description={`${formatCount(left, 'person gets', 'people get')} no further e-mail. What has gone out stays, and replies to it are still taken in. This can’t be undone; pausing can.`}
        confirmLabel="Cancel the campaign"
        cancelLabel="Keep it"
        destructive
        onConfirm={async () => {
          await api('POST', `/api/campaigns/${id}/cancel`);
          notify.success('Campaign cancelled');
          await refreshCampaign(client, id);
        }}
      />
    </>
  );
}
