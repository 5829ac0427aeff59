'use client';

import Link from 'next/link';
import { type ReactNode, useRef } from 'react';
import { cn } from '@/lib/utils';
import { Checkbox } from '../ui/checkbox';
import { Skeleton } from '../ui/skeleton';
import { LoadMore, type Paging, useEndReached } from './load-more';
import { isPlainPress, type RowKit } from './table-row';
import { CARD_HEIGHT, type MobileRow } from './types';
import { useRowsInView } from './use-rows-in-view';

const SKELETON_ROWS = Array.from({ length: 10 }, (_, index) => index);

/** The rows as a list of two-line cards, on phones. */
export function CardView<T>({
  label,
  rows,
  getRowId,
  kit,
  mobileRow,
  selection,
  isLoading,
  instead,
  paging,
  className,
}: {
  label: string;
  rows: readonly T[];
  getRowId: (row: T) => string;
  kit: RowKit<T>;
  mobileRow: (row: T) => MobileRow;
  selection: ReadonlySet<string>;
  isLoading: boolean;
  instead: ReactNode;
  paging: Paging;
  className?: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end } = useRowsInView(scroller, {
    count: rows.length,
    rowHeight: CARD_HEIGHT,
    heightOnServer: 700,
  });
  useEndReached(end - 1, rows.length, paging);

  return (
    <div
      ref={scroller}
      className={cn('relative min-h-0 flex-1 overflow-y-auto overscroll-contain', className)}
    >
      {isLoading ? (
        <div role="status" aria-label="Loading">
          {SKELETON_ROWS.map((index) => (
            <div
              key={index}
              className="grid content-center gap-2 border-b px-4 appear-late"
              style={{ height: CARD_HEIGHT }}
            >
              <Skeleton className="h-3.5" style={{ width: `${42 + ((index * 17) % 30)}%` }} />
              <Skeleton className="h-3" style={{ width: `${55 + ((index * 29) % 35)}%` }} />
            </div>
          ))}
        </div>
      ) : (
        (instead ?? (
          <>
            <ul aria-label={label} className="relative" style={{ height: rows.length * CARD_HEIGHT }}>
              {rows.slice(first, end).map((row, position) => {
                const index = first + position;
                const id = getRowId(row);
                return (
                  <li
                    key={id}
                    aria-setsize={paging.hasMore ? -1 : rows.length}
                    aria-posinset={index + 1}
                    className={cn(
                      'absolute inset-x-0 top-0 flex items-center border-b',
                      selection.has(id) && 'bg-selected',
                    )}
                    style={{ height: CARD_HEIGHT, transform: `translateY(${index * CARD_HEIGHT}px)` }}
                  >
                    <Card kit={kit} row={row} id={id} content={mobileRow(row)} selected={selection.has(id)} />
                  </li>
                );
              })}
            </ul>
            <LoadMore paging={paging} />
          </>
        ))
      )}
    </div>
  );
}

function Card<T>({
  kit,
  row,
  id,
  content,
  selected,
}: {
  kit: RowKit<T>;
  row: T;
  id: string;
  content: MobileRow;
  selected: boolean;
}) {
  const href = kit.rowHref?.(row);
  // The link (or button) covers the card; what else can be pressed is lifted above it.
  const stretched = 'block truncate font-medium text-base after:absolute after:inset-0';
  return (
    <>
      {kit.selectable ? (
        // biome-ignore lint/a11y/noLabelWithoutControl: widens the press area; the box names itself
        <label className="relative z-10 flex size-12 shrink-0 items-center justify-center">
          <Checkbox
            aria-label={`Select ${kit.getRowLabel(row)}`}
            checked={selected}
            onCheckedChange={(checked) => kit.onToggle(id, checked, false)}
            className="size-5"
          />
        </label>
      ) : null}
      <div className={cn('min-w-0 flex-1', !kit.selectable && 'pl-4')}>
        {href ? (
          <Link
            href={href}
            prefetch={false}
            className={stretched}
            onClick={(event) => {
              if (isPlainPress(event) && kit.onPress(row)) event.preventDefault();
            }}
          >
            {content.title}
          </Link>
        ) : (
          <button
            type="button"
            className={cn(stretched, 'w-full text-left')}
            onClick={() => kit.onPress(row)}
          >
            {content.title}
          </button>
        )}
        {content.detail ? (
          <div className="truncate text-muted-foreground text-sm">{content.detail}</div>
        ) : null}
      </div>
      {content.aside ? (
        <div className="relative z-10 flex shrink-0 items-center gap-1 pr-4 pl-2">{content.aside}</div>
      ) : (
        <div className="w-4 shrink-0" />
      )}
    </>
  );
}
