import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { EmailStory } from '@/modules/email-analytics/components/email-story';
import { getEmailStory } from '@/modules/email-analytics/queries';

export const metadata: Metadata = { title: 'E-mails' };

/** Which e-mails a person got, will get and will not get, and why. */
export default async function PersonEmailsPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ supabase, workspaceId }, { id }] = await Promise.all([pageContext(), params]);
  try {
    return <EmailStory start={await getEmailStory(supabase, workspaceId, id)} />;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
