'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Menu } from '@/components/menu';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { RecipientRow } from '../answers';
import { refreshCampaign } from './use-campaign';

const canTake = (status: string) => status === 'active' || status === 'soft_bounced';

/** The address a recipient gets the mails at; where the person has others, another can be chosen. */
export function AddressChoice({ campaignId, row }: { campaignId: string; row: RecipientRow }) {
  const client = useQueryClient();
  const [shown, setShown] = useState<string | null>(null);
  const address = shown ?? row.email.address;
  const others = row.other_emails.filter((each) => each.address !== address);
  if (row.other_emails.length === 0) return address;

  async function choose(id: string, next: string) {
    setShown(next);
    try {
      await api('PATCH', `/api/campaigns/${campaignId}/recipients/${row.id}`, { email_id: id });
      await refreshCampaign(client, campaignId);
    } catch (error) {
      notify.error(`Still ${row.email.address}`, { description: messageOf(error) });
    }
    setShown(null);
  }
  return (
    <Menu
      label={`Addresses of ${row.person.name ?? row.email.address}`}
      items={others.map((each) => ({
        label: canTake(each.status) ? each.address : `${each.address} (can’t be written to)`,
        disabled: !canTake(each.status),
        onSelect: () => void choose(each.id, each.address),
      }))}
      trigger={(props) => (
        <button
          type="button"
          {...props}
          aria-label={`${address}, choose another`}
          className="focus-inset -ml-1.5 inline-flex h-7 items-center gap-1 rounded-md px-1.5 hover:bg-accent"
        >
          <span className="max-w-72 truncate">{address}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
        </button>
      )}
    />
  );
}
