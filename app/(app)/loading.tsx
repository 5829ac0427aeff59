import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { Skeleton } from '@/components/ui/skeleton';

const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** A page on its way: a title line, then rows. Pages with another shape bring their own. */
export default function Loading() {
  return (
    <DelayedSkeleton>
      <div className="flex h-13 items-center border-b px-6 max-md:px-4">
        <Skeleton className="h-5 w-32" />
      </div>
      <div className="grid gap-4 px-6 py-5 max-md:px-4">
        {lines.map((line) => (
          <Skeleton key={line} className="h-5 w-full" />
        ))}
      </div>
    </DelayedSkeleton>
  );
}
