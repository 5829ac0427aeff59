'use client';

import dynamic from 'next/dynamic';
import { useEffect } from 'react';

// This file is in every page's first load, what it shows hardly ever is needed.
const ErrorState = dynamic(() => import('@/components/error-state').then((module) => module.ErrorState));

/** The last net under every page. Server errors carry a digest that is also in the server's log. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  const digest =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        headingLevel={1}
        title="This page could not be shown"
        description="Nothing you saved was lost. Try again, or come back in a minute."
        onRetry={retry}
        requestId={digest}
      />
    </main>
  );
}
