'use client';

import { useQueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { CampaignDetail } from '../answers';
import type { UpdateCampaign } from '../schema';
import { CampaignSettings, type Zones } from './campaign-settings';
import { campaignKey, refreshCampaign } from './use-campaign';

/** The settings of a campaign under way: they hold from the next e-mail on. */
export function SettingsTab({ campaign, zones }: { campaign: CampaignDetail; zones: Zones }) {
  const client = useQueryClient();
  const key = campaignKey(campaign.id, 'detail');

  async function change(given: UpdateCampaign) {
    const before = client.getQueryData<CampaignDetail>(key);
    if (before) client.setQueryData(key, { ...before, ...given });
    try {
      await api('PATCH', `/api/campaigns/${campaign.id}`, given);
      notify.success('Saved', { description: 'It holds from the next e-mail on.' });
    } catch (error) {
      client.setQueryData(key, before);
      notify.error('Not saved', { description: messageOf(error) });
    }
    await refreshCampaign(client, campaign.id);
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-md:px-4">
      <div className="max-w-2xl">
        <CampaignSettings
          campaign={campaign}
          zones={zones}
          isLaunched
          onChange={(given) => void change(given)}
        />
      </div>
    </div>
  );
}
