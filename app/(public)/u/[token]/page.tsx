import type { Metadata } from 'next';
import { PlainTitle } from '@/components/plain-frame';
import { Button } from '@/components/ui/button';
import { createCookieClient } from '@/lib/supabase/server';
import { findUnsubscription } from '@/modules/sending/unsubscribe';

export const metadata: Metadata = {
  title: 'Unsubscribe',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
};

/** What the link at the foot of every mail opens. It works without script, session and cookies, and opening it changes nothing. */
export default async function UnsubscribePage({ params }: PageProps<'/u/[token]'>) {
  const { token } = await params;
  const found = await findUnsubscription(await createCookieClient(), token);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center px-4 py-12">
      {!found ? (
        <PlainTitle title="This link is not complete">
          It may have been cut in two by a mail program. Open it from the e-mail again, or answer the e-mail
          and ask to be left out: nothing was changed here.
        </PlainTitle>
      ) : found.is_unsubscribed ? (
        <PlainTitle title="You are unsubscribed">
          <span className="wrap-anywhere font-medium text-foreground">{found.address}</span> gets no more
          e-mails from {found.workspace}. One that is on its way this minute may still arrive.
        </PlainTitle>
      ) : (
        <>
          <PlainTitle title={`No more e-mails from ${found.workspace}?`}>
            <span className="wrap-anywhere font-medium text-foreground">{found.address}</span> will get none,
            from {found.from_name || found.from_address} or anybody else at {found.workspace}.
          </PlainTitle>
          <form method="post" action={`/u/${token}`}>
            <Button type="submit" className="w-full">
              Unsubscribe
            </Button>
          </form>
          <p className="mt-3 text-muted-foreground text-sm">
            Came here by mistake? Close the page, and nothing changes.
          </p>
        </>
      )}
    </main>
  );
}
