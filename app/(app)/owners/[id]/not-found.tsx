import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { Button } from '@/components/ui/button';

/** Shown for an id that is no owner’s in this workspace. */
export default function OwnerNotFound() {
  return (
    <EmptyState
      icon={KeyRound}
      headingLevel={1}
      title="There is no such owner"
      description="The link may be old, or belong to another workspace of yours."
      action={
        <Button asChild>
          <Link href="/owners">All owners</Link>
        </Button>
      }
    />
  );
}
