'use client';

import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { InboundPage, InboundRow } from '../schema';

type Verdict = 'confirm' | 'dismiss' | 'reopen';
type Pages = InfiniteData<InboundPage, string | null>;

export const inboundKey = ['inbound-emails'];

/** Confirms, dismisses and reopens what looks like a reply: it leaves its list at once, and comes back where that fails. */
export function useDecisions() {
  const client = useQueryClient();
  return async function decide(mail: InboundRow, verdict: Verdict): Promise<void> {
    const key = [...inboundKey, 'list', verdict === 'reopen' ? 'other' : 'possible'];
    await client.cancelQueries({ queryKey: key });
    const before = client.getQueryData<Pages>(key);
    client.setQueryData<Pages>(
      key,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            possible: Math.max(0, page.possible - (verdict === 'reopen' ? -1 : 1)),
            rows: page.rows.filter(({ id }) => id !== mail.id),
          })),
        },
    );
    const name = mail.person?.name ?? mail.from_name ?? mail.from_address;
    try {
      await api('POST', `/api/inbound-emails/${mail.id}/decision`, { verdict });
      if (verdict === 'confirm') {
        notify.success(`${name} has replied`, { description: 'What waited to be sent to them was stopped.' });
      } else if (verdict === 'dismiss') {
        notify.success('Not a reply', {
          description: `The sequence of ${name} goes on.`,
          action: { label: 'Undo', onClick: () => void decide(mail, 'reopen') },
        });
      }
    } catch (error) {
      client.setQueryData(key, before);
      notify.error('Nothing was decided', { description: messageOf(error) });
    }
    await client.invalidateQueries({ queryKey: inboundKey });
  };
}
