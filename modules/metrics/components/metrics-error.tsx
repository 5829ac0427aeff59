'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';

/**
 * Figures that could not be counted. Trying again renders the page anew; the rest of it stays meanwhile.
 * @param isInline on a page that shows other things: a line instead of a page's worth
 */
export function MetricsError({ requestId, isInline = false }: { requestId: string; isInline?: boolean }) {
  const router = useRouter();
  const [isTrying, startTrying] = useTransition();
  const retry = () => startTrying(() => router.refresh());
  if (!isInline) {
    return <ErrorState title="The figures could not be counted" onRetry={retry} requestId={requestId} />;
  }
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border px-4 py-3 text-sm"
    >
      <p className="min-w-0 flex-1">
        The figures could not be counted. Nothing was lost.
        <span className="block break-all text-muted-foreground text-xs">Request {requestId}</span>
      </p>
      <Button variant="outline" loading={isTrying} onClick={retry}>
        <RotateCw aria-hidden />
        Try again
      </Button>
    </div>
  );
}
