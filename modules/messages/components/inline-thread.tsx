'use client';

import { useQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { ErrorState } from '@/components/error-state';
import { TierGate } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { DetailSection } from '@/modules/records/components/detail-layout';
import { ThreadPanel } from './thread-panel';

/** The conversation with an owner about a property, inside the panel of its card; the thread is made when first opened. */
export function InlineThread({ owner, property }: { owner: string; property: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const query = useQuery({
    queryKey: ['conversations', 'of', owner, property],
    queryFn: () =>
      api<{ conversation_id: string }>('POST', `/api/owners/${owner}/threads`, { property_id: property }),
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <DetailSection title="Conversation">
      <TierGate feature="messaging_inline">
        {query.data ? (
          <div className="mt-1 flex h-96 flex-col overflow-hidden rounded-lg border">
            <ThreadPanel conversationId={query.data.conversation_id} />
          </div>
        ) : query.isError ? (
          <ErrorState
            className="py-4"
            title="The conversation could not be opened"
            description={query.error.message}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Button
            variant="outline"
            size="sm"
            className="mt-1"
            loading={query.isFetching}
            onClick={() => setIsOpen(true)}
          >
            <MessagesSquare aria-hidden /> Write here
          </Button>
        )}
      </TierGate>
    </DetailSection>
  );
}
