import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { ConversationView } from '@/modules/messages/components/conversation-view';
import { getConversation } from '@/modules/messages/queries';

/** Read once, for the title and the page. */
const read = cache(async (id: string) => {
  const ctx = await pageContext();
  try {
    return await getConversation(ctx.supabase, ctx.workspaceId, id, { limit: 50 });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps<'/messages/[id]'>): Promise<Metadata> {
  return { title: (await read((await params).id)).conversation.subject };
}

/** One conversation with an owner. */
export default async function ConversationPage({ params }: PageProps<'/messages/[id]'>) {
  return <ConversationView page={await read((await params).id)} at={Date.now()} />;
}
