'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ErrorState } from '@/components/error-state';
import { ApiError, api } from '@/lib/api-client';
import type { ImportSummary } from '@/modules/imports/queries';
import { DropZone } from './drop-zone';

/** A list that never became one: refused, or its upload was broken off. Offers to look again, and to take another file. */
export function UnreadFile({ now }: { now: ImportSummary }) {
  const router = useRouter();
  const [error, setError] = useState<{ message: string; requestId: string | null } | null>(null);

  async function lookAgain() {
    try {
      await api('POST', `/api/imports/${now.id}/inspect`, {});
      router.refresh();
    } catch (cause) {
      setError(
        cause instanceof ApiError ? cause : { message: 'It did not work. Try again.', requestId: null },
      );
    }
  }

  const isRefused = now.status === 'failed';
  return (
    <>
      <ErrorState
        className="py-8"
        title={isRefused ? 'This file can’t be imported' : 'This upload didn’t finish'}
        description={
          error?.message ??
          now.error ??
          'Nothing was imported. Look whether the file has arrived meanwhile, or choose it again.'
        }
        onRetry={isRefused ? undefined : () => void lookAgain()}
        requestId={error?.requestId}
      />
      <DropZone />
    </>
  );
}
