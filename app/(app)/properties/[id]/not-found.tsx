import { Building } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { Button } from '@/components/ui/button';

/** Shown for an id that is no property's in this workspace. */
export default function PropertyNotFound() {
  return (
    <EmptyState
      icon={Building}
      headingLevel={1}
      title="There is no such property"
      description="The link may be old, or belong to another workspace of yours."
      action={
        <Button asChild>
          <Link href="/properties">All properties</Link>
        </Button>
      }
    />
  );
}
