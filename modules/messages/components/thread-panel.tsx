'use client';

import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Composer } from '@/components/composer';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { RelativeTime } from '@/components/relative-time';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { ScrollArea } from '@/components/ui/scroll-area';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { cn } from '@/lib/utils';
import type { ConversationPage, Message } from '../schema';

type Pages = InfiniteData<ConversationPage, string | null>;

const pendingId = 'pending';

/**
 * A conversation with an owner: what was said, the latest at the foot, and the field to write in. It fills the height it
 * is given and scrolls by itself; a page and a card's panel both show it.
 * @param start its first page, where it came with the document
 */
export function ThreadPanel({
  conversationId,
  start,
  className,
}: {
  conversationId: string;
  start?: { page: ConversationPage; at: number };
  className?: string;
}) {
  const client = useQueryClient();
  const queryKey = ['conversations', conversationId, 'messages'];
  const [direction, setDirection] = useState<'out' | 'in'>('out');
  const path = `/api/conversations/${conversationId}/messages`;
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      api<ConversationPage>(
        'GET',
        pageParam ? `${path}?before=${encodeURIComponent(pageParam)}` : path,
        undefined,
        {
          signal,
        },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextBefore,
    ...(start && {
      initialData: { pages: [start.page], pageParams: [null] },
      initialDataUpdatedAt: start.at,
    }),
  });
  useLive('messages', (ids) => {
    if (ids === null || ids.includes(conversationId)) void client.invalidateQueries({ queryKey });
  });

  const messages = query.data?.pages.flatMap((page) => page.messages) ?? [];
  const latest = messages[0]?.id;
  const foot = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last message is what it follows
  useEffect(() => {
    // its own scrolling alone: the page or panel around it stays where it is
    const list = foot.current?.parentElement;
    if (list) list.scrollTop = list.scrollHeight;
  }, [latest]);

  async function send(body: string) {
    const before = client.getQueryData<Pages>(queryKey);
    const shown: Message = {
      id: pendingId,
      direction,
      body,
      created_at: new Date().toISOString(),
      author_id: null,
      author: 'You',
    };
    client.setQueryData<Pages>(
      queryKey,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page, index) =>
            index === 0 ? { ...page, messages: [shown, ...page.messages] } : page,
          ),
        },
    );
    try {
      await api<Message>('POST', path, { body, direction });
    } catch (error) {
      client.setQueryData(queryKey, before);
      throw error;
    }
    setDirection('out');
    void client.invalidateQueries({ queryKey });
    void client.invalidateQueries({ queryKey: ['timeline'] });
    void client.invalidateQueries({ queryKey: ['owners'] });
  }

  if (query.isPending)
    return (
      <DelayedSkeleton label="Loading the conversation" className="grid gap-3 p-4">
        {[56, 40, 64].map((width) => (
          <Skeleton key={width} className="h-10 rounded-lg" style={{ width: `${width}%` }} />
        ))}
      </DelayedSkeleton>
    );
  if (query.isError && messages.length === 0)
    return (
      <ErrorState
        className="py-8"
        title="The conversation could not be loaded"
        description={query.error.message}
        requestId={query.error instanceof ApiError ? query.error.requestId : null}
        onRetry={() => void query.refetch()}
      />
    );
  return (
    <div className={cn('flex min-h-0 flex-1 flex-col', className)}>
      <ScrollArea label="Messages" className="min-h-0 flex-1 px-4 py-3">
        {query.hasNextPage ? (
          <Button
            variant="ghost"
            size="sm"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show older
          </Button>
        ) : null}
        {messages.length === 0 ? (
          <EmptyState
            className="py-8"
            title="Nothing written yet"
            description="What you write here stands on the owner’s timeline too. Write down what they answered elsewhere, so that it is all in one place."
          />
        ) : null}
        <ol className="grid gap-2">
          {messages.toReversed().map((message) => (
            <MessageRow key={message.id} message={message} />
          ))}
        </ol>
        <div ref={foot} />
      </ScrollArea>
      <div className="shrink-0 border-t p-3 max-md:pb-3">
        <Composer
          label="Message"
          placeholder={direction === 'out' ? 'Write to the owner' : 'What the owner said'}
          submitLabel={direction === 'out' ? 'Send' : 'Keep'}
          draftKey={`message:${conversationId}`}
          onSubmit={send}
          extra={
            <NativeSelect
              aria-label="Who says it"
              value={direction}
              onChange={(event) => setDirection(event.target.value === 'in' ? 'in' : 'out')}
              className="w-36"
            >
              <option value="out">From us</option>
              <option value="in">From the owner</option>
            </NativeSelect>
          }
        />
      </div>
    </div>
  );
}

function MessageRow({ message }: { message: Message }) {
  const isOurs = message.direction === 'out';
  const who = isOurs ? (message.author ?? 'A former colleague') : 'Owner';
  return (
    <li
      aria-busy={message.id === pendingId || undefined}
      className={cn('flex max-w-[80%] flex-col gap-0.5', isOurs ? 'ml-auto items-end' : 'items-start')}
    >
      <p
        className={cn(
          'whitespace-pre-line rounded-lg px-3 py-2 text-sm wrap-anywhere',
          isOurs ? 'bg-accent' : 'border bg-card',
          message.id === pendingId && 'opacity-60',
        )}
      >
        {message.body}
      </p>
      <p className="text-muted-foreground text-xs">
        {who} · <RelativeTime at={message.created_at} />
        {!isOurs && message.author ? ` · kept by ${message.author}` : null}
      </p>
    </li>
  );
}
