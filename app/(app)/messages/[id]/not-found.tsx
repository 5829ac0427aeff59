import { MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { Button } from '@/components/ui/button';

/** Shown for an id that is no conversation’s in this workspace. */
export default function ConversationNotFound() {
  return (
    <EmptyState
      icon={MessagesSquare}
      headingLevel={1}
      title="There is no such conversation"
      description="The link may be old, or belong to another workspace of yours."
      action={
        <Button asChild>
          <Link href="/owners">All owners</Link>
        </Button>
      }
    />
  );
}
