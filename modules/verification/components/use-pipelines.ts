'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { Pipeline } from '../domain';

const queryKey = ['pipelines'];

/** The pipelines with their stages, as the server sent them with the page, and what changes them. */
export function usePipelines(start: { pipelines: Pipeline[]; at: number }) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<{ pipelines: Pipeline[] }>('GET', '/api/pipelines', undefined, { signal }),
    initialData: { pipelines: start.pipelines },
    initialDataUpdatedAt: start.at,
  });
  useLive('board', () => void client.invalidateQueries({ queryKey }));

  const refresh = () =>
    Promise.all([client.invalidateQueries({ queryKey }), client.invalidateQueries({ queryKey: ['board'] })]);
  /** A write that rejects with a message for its own place, such as a field. */
  async function call<T>(
    method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<T> {
    const answer = await api<T>(method, `/api/pipelines${path}`, body);
    await refresh();
    return answer;
  }
  /** A write of a menu or a drag, which has no place for an error but a message. @returns whether it was done */
  async function attempt(failure: string, run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (error) {
      notify.error(failure, { description: messageOf(error) });
      await refresh();
      return false;
    }
  }
  /** Shows an order before the server has it. */
  function showOrder(pipelineId: string, order: readonly string[]) {
    client.setQueryData<{ pipelines: Pipeline[] }>(queryKey, (data) => ({
      pipelines: (data?.pipelines ?? []).map((each) =>
        each.id === pipelineId
          ? {
              ...each,
              stages: order.flatMap((id) => each.stages.find((stage) => stage.id === id) ?? []),
            }
          : each,
      ),
    }));
  }
  return { pipelines: query.data.pipelines, call, attempt, showOrder };
}

/** What the parts of the settings share. */
export type PipelineWrites = ReturnType<typeof usePipelines>;
