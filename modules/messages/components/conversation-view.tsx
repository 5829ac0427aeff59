import Link from 'next/link';
import { PageHeader } from '@/components/page-header';
import type { ConversationPage } from '../schema';
import { ThreadPanel } from './thread-panel';

/** A conversation as a page of its own, with the way to its owner and property. */
export function ConversationView({ page, at }: { page: ConversationPage; at: number }) {
  const { id, subject, owner, property } = page.conversation;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        back={
          owner ? { href: `/owners/${owner.id}`, label: owner.name } : { href: '/owners', label: 'Owners' }
        }
        title={subject}
        secondary={
          property ? (
            <Link
              href={`/properties/${property.id}`}
              prefetch={false}
              className="text-muted-foreground text-sm hover:text-foreground hover:underline"
            >
              {property.name}
            </Link>
          ) : null
        }
      />
      <ThreadPanel
        conversationId={id}
        start={{ page, at }}
        className="mx-auto w-full max-w-3xl max-md:pb-14"
      />
    </div>
  );
}
