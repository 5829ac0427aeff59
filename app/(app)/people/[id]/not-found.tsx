import { Users } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { Button } from '@/components/ui/button';

/** Shown for an id that is nobody's in this workspace. */
export default function PersonNotFound() {
  return (
    <EmptyState
      icon={Users}
      headingLevel={1}
      title="There is no such person"
      description="The link may be old, or belong to another workspace of yours."
      action={
        <Button asChild>
          <Link href="/people">All people</Link>
        </Button>
      }
    />
  );
}
