import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { pageContext } from '@/lib/http/page-context';
import { PersonMail } from '@/modules/mailboxes/components/person-mail';
import { PersonPage } from '@/modules/people/components/person-page';
import { personName } from '@/modules/people/domain';
import { getPerson } from '@/modules/people/queries';
import { PersonTexts } from '@/modules/texts/components/person-texts';
import { RecordWork } from '../../record-work';

type Props = { params: Promise<{ id: string }> };

/** Read once for the title and the page. */
const read = cache(async (id: string) => {
  const ctx = await pageContext();
  try {
    return await getPerson(ctx.supabase, ctx.workspaceId, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: personName(await read((await params).id)) };
}

/** A person with contact points, organizations, properties and timeline. */
export default async function PersonDetailPage({ params }: Props) {
  const detail = await read((await params).id);
  return (
    <PersonPage
      start={{ detail, at: Date.now() }}
      work={
        <>
          <PersonTexts person={{ id: detail.id, name: personName(detail) }} />
          <PersonMail person={{ id: detail.id, name: personName(detail) }} />
          <RecordWork subject={{ kind: 'person', id: detail.id }} />
        </>
      }
    />
  );
}
