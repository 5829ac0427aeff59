import { Building2 } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { Button } from '@/components/ui/button';

/** Shown for an id that is no organization's in this workspace. */
export default function OrganizationNotFound() {
  return (
    <EmptyState
      icon={Building2}
      headingLevel={1}
      title="There is no such organization"
      description="The link may be old, or belong to another workspace of yours."
      action={
        <Button asChild>
          <Link href="/organizations">All organizations</Link>
        </Button>
      }
    />
  );
}
