import { Send } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { Button } from '@/components/ui/button';

/** Shown for an id that is no campaign’s in this workspace. */
export default function CampaignNotFound() {
  return (
    <EmptyState
      icon={Send}
      headingLevel={1}
      title="There is no such campaign"
      description="The link may be old, or belong to another workspace of yours."
      action={
        <Button asChild>
          <Link href="/campaigns">All campaigns</Link>
        </Button>
      }
    />
  );
}
