import type { Metadata } from 'next';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { Button } from '@/components/ui/button';

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
          <Button asChild>
            <Link href="/">Go to Home</Link>
          </Button>
        }
      />
    </main>
  );
}
