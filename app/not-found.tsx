import type { Metadata } from 'next';
import { EmptyState } from '@/components/empty-state';
import { buttonVariants } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Not found' };

/** What a stranger's id, a deleted record and a mistyped address all get. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        headingLevel={1}
        title="Nothing at this address"
        description="It may have been deleted, or it belongs to a workspace you are not in."
        action={
          // a plain link: what this page needs is part of every page's first load
          <a href="/" className={buttonVariants()}>
            Go to Home
          </a>
        }
      />
    </main>
  );
}
