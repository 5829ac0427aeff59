import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { Skeleton } from '@/components/ui/skeleton';

const columns = [
  ['a', 'b', 'c', 'd', 'e'],
  ['a', 'b', 'c'],
  ['a', 'b', 'c', 'd'],
  ['a', 'b'],
  ['a', 'b', 'c'],
];

/** A board on its way: its title, then columns of cards. */
export default function Loading() {
  return (
    <DelayedSkeleton label="Loading the board">
      <div className="flex h-13 items-center px-6 max-md:px-4">
        <Skeleton className="h-5 w-32" />
      </div>
      <div className="border-b px-6 pb-2 max-md:px-4">
        <Skeleton className="h-7 w-60" />
      </div>
      <div className="flex gap-2 overflow-hidden px-5 pt-3 max-md:px-4">
        {columns.map((cards, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their order
          <div key={column} className="grid w-[280px] shrink-0 content-start gap-2">
            <Skeleton className="mx-2 mb-1 h-4 w-24" />
            {cards.map((card) => (
              <Skeleton key={card} className="mx-1 h-22 rounded-lg" />
            ))}
          </div>
        ))}
      </div>
    </DelayedSkeleton>
  );
}
