'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { api } from '@/lib/api-client';
import { orSay } from '@/modules/records/components/use-record';

/** Opens the conversation with an owner, made where there is none, about a property or about none in particular. */
export function useOpenThread(owner: string): (property?: string) => Promise<void> {
  const router = useRouter();
  const client = useQueryClient();
  return useCallback(
    (property) =>
      orSay('The conversation was not opened', async () => {
        const { conversation_id } = await api<{ conversation_id: string }>(
          'POST',
          `/api/owners/${owner}/threads`,
          {
            property_id: property ?? null,
          },
        );
        void client.invalidateQueries({ queryKey: ['owners', 'detail', owner] });
        router.push(`/messages/${conversation_id}`);
      }),
    [client, owner, router],
  );
}
