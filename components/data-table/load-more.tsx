'use client';

import { useEffect } from 'react';
import { Button } from '../ui/button';

const ASK_BEFORE_END_ROWS = 12;

/** Paging state of a list that grows at its end. */
export type Paging = {
  hasMore: boolean;
  isFetchingMore: boolean;
  error: string | null | undefined;
  onEndReached: (() => void) | undefined;
};

/**
 * Asks for the next page when the last rendered row comes near the end. After a failure it waits for the button:
 * asking again by itself would hammer a server that is down.
 * @param lastIndex index of the last rendered row
 * @param count rows loaded
 */
export function useEndReached(lastIndex: number, count: number, paging: Paging): void {
  const { hasMore, isFetchingMore, error, onEndReached } = paging;
  const near = count > 0 && lastIndex >= count - ASK_BEFORE_END_ROWS;
  useEffect(() => {
    if (near && hasMore && !isFetchingMore && !error) onEndReached?.();
  }, [near, hasMore, isFetchingMore, error, onEndReached]);
}

/** The button at the end of the list, for those who don't scroll and for when a page failed. */
export function LoadMore({ paging }: { paging: Paging }) {
  if (!paging.hasMore) return null;
  return (
    <div className="sticky left-0 flex items-center gap-3 px-6 py-3 max-md:px-4">
      {paging.error ? (
        <span role="alert" className="text-destructive-text text-sm">
          {paging.error}
        </span>
      ) : null}
      <Button
        variant="outline"
        size="sm"
        loading={paging.isFetchingMore}
        onClick={() => paging.onEndReached?.()}
      >
        {paging.error ? 'Try again' : paging.isFetchingMore ? 'Loading' : 'Load more'}
      </Button>
    </div>
  );
}
