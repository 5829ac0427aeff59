'use client';

import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { EmailRow } from '../answers';
import { campaignKey, type Page, refreshCampaign } from './use-campaign';

/** What a review decides of the mails that wait: shown at once, and put back with the reason where it is refused. */
export function useReview(campaignId: string) {
  const client = useQueryClient();

  function hide(ids: ReadonlySet<string> | null): () => void {
    const queryKey = campaignKey(campaignId, 'emails', 'status=staged');
    const filter = { queryKey: campaignKey(campaignId, 'emails') };
    const before = client.getQueriesData<InfiniteData<Page<EmailRow>>>(filter);
    client.setQueriesData<InfiniteData<Page<EmailRow>>>(
      { ...filter, predicate: (query) => String(query.queryKey[3]).startsWith(String(queryKey[3])) },
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            rows: ids === null ? [] : page.rows.filter(({ id }) => !ids.has(id)),
          })),
        },
    );
    return () => {
      for (const [key, data] of before) client.setQueryData(key, data);
    };
  }
  return {
    /** Lets mails go. @param ids null for all that wait */
    accept: async (ids: ReadonlySet<string> | null): Promise<void> => {
      const putBack = hide(ids);
      try {
        const answer = await api<{ accepted: number } | undefined>(
          'POST',
          `/api/campaigns/${campaignId}/accept`,
          ids === null ? { all: true } : { ids: [...ids] },
        );
        const count = answer?.accepted ?? ids?.size;
        notify.success(count === undefined ? 'All accepted' : `${formatCount(count, 'e-mail')} accepted`, {
          description: 'They go out one by one, in the sending hours.',
        });
      } catch (error) {
        putBack();
        notify.error('Nothing was accepted', { description: messageOf(error) });
      }
      await refreshCampaign(client, campaignId);
    },
    /** Takes mails out, and with them their recipients. */
    remove: async (ids: ReadonlySet<string>): Promise<void> => {
      const putBack = hide(ids);
      try {
        const { removed } = await api<{ removed: number }>('DELETE', `/api/campaigns/${campaignId}/emails`, {
          ids: [...ids],
        });
        const gone = ids.size - removed;
        const what = formatCount(removed, 'e-mail');
        if (gone > 0)
          notify.error(`${what} removed`, { description: `${formatCount(gone, 'other')} had gone already.` });
        else
          notify.success(`${what} removed`, {
            description:
              removed === 1
                ? 'This person gets nothing more of this campaign.'
                : 'These people get nothing more of this campaign.',
          });
      } catch (error) {
        putBack();
        notify.error('Nothing was removed', { description: messageOf(error) });
      }
      await refreshCampaign(client, campaignId);
    },
  };
}
