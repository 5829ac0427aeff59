'use client';

import { useEffect } from 'react';
import { ErrorState } from '@/components/error-state';

/** A page that failed inside the shell: the rest of the product stays in reach. */
export default function AppError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  const digest =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;
  return (
    <ErrorState
      headingLevel={1}
      title="This page could not be shown"
      description="Nothing you saved was lost. Try again, or come back in a minute."
      onRetry={retry}
      requestId={digest}
    />
  );
}
