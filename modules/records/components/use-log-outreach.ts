'use client';

import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { pendingEntryId, type TimelineEntry, type TimelinePage } from '@/modules/activities/domain';
import type { OutreachSubject } from '@/modules/outreach/domain';
import type { LogOutreach } from '@/modules/outreach/schema';
import { entities } from '../domain';
import { messageOf } from './use-bulk';

type Pages = InfiniteData<TimelinePage, string | null>;

/** An outreach as it is sent: what the schema fills in by itself may be left out. */
export type Outreach = Partial<LogOutreach> & Pick<LogOutreach, 'channel'>;

/** Puts an entry at the top of a timeline; returns what puts it back. */
function showEntry(client: QueryClient, queryKey: readonly unknown[], entry: TimelineEntry): () => void {
  const before = client.getQueryData<Pages>(queryKey);
  client.setQueryData<Pages>(
    queryKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page, index) =>
          index === 0 ? { ...page, items: [entry, ...page.items] } : page,
        ),
      },
  );
  return () => client.setQueryData(queryKey, before);
}

/**
 * Logs an outreach: on the subject's timeline at once, taken off again with the reason when refused, undone from its message.
 * @returns `log(outreach)`, rejecting with an ApiError whose fields name the form's
 */
export function useLogOutreach(subject: OutreachSubject, onLogged?: () => void) {
  const client = useQueryClient();
  return useCallback(
    async (outreach: Outreach): Promise<void> => {
      const queryKey = ['timeline', subject.kind, subject.id];
      const refresh = () => {
        onLogged?.();
        return Promise.all([
          client.invalidateQueries({ queryKey: ['timeline'] }),
          client.invalidateQueries({ queryKey: ['outreach', 'targets'] }),
          client.invalidateQueries({ queryKey: ['owners'] }),
          ...entities.map((entity) => client.invalidateQueries({ queryKey: [entity, 'list'] })),
        ]);
      };
      const undo = async (id: string) => {
        try {
          await api('DELETE', `/api/outreach/${id}`);
          notify.success('Taken back');
        } catch (error) {
          notify.error('Not undone', { description: messageOf(error) });
        }
        await refresh();
      };
      await client.cancelQueries({ queryKey });
      const putBack = showEntry(client, queryKey, pendingEntry(outreach));
      try {
        const { id } = await api<{ id: string }>('POST', '/api/outreach', {
          ...outreach,
          [`${subject.kind}_id`]: subject.id,
        });
        notify.success(outreach.next_step_at ? 'Logged, with a next step' : 'Logged', {
          action: { label: 'Undo', onClick: () => void undo(id) },
        });
        void refresh();
      } catch (error) {
        putBack();
        throw error;
      }
    },
    [client, onLogged, subject.kind, subject.id],
  );
}

const pendingEntry = (outreach: Outreach): TimelineEntry => ({
  id: pendingEntryId,
  kind: outreach.channel,
  at: outreach.occurred_at ?? new Date().toISOString(),
  channel: outreach.channel,
  direction: outreach.direction ?? 'out',
  subject: outreach.subject ?? null,
  body: outreach.body ?? null,
  outcome: outreach.outcome ?? null,
  sentiment: outreach.sentiment ?? null,
  next_step_at: outreach.next_step_at ?? null,
  details: {},
  actor_id: null,
  actor: 'You',
  edited_at: null,
  is_mine: false,
});
