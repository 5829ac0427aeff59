'use client';

import { RotateCw, TriangleAlert } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { cn } from '@/lib/utils';
import { Button } from './ui/button';

// Stands beside the id of an answer alone, so the server that has it is there.
const CopyButton = dynamic(() => import('./copy-button').then((module) => module.CopyButton), { ssr: false });

/**
 * A page or list that could not be shown.
 * @param title what failed
 * @param description whether anything was lost, and what to do
 * @param onRetry tries again; without it there is no button
 * @param requestId the `x-request-id` of the failed answer, for the log
 */
export function ErrorState({
  title,
  description = 'Nothing was lost. Try again.',
  onRetry,
  requestId,
  headingLevel = 2,
  className,
}: {
  title: string;
  description?: ReactNode;
  onRetry?: () => void;
  requestId?: string | null;
  headingLevel?: 1 | 2 | 3;
  className?: string;
}) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div
      role="alert"
      className={cn('mx-auto flex max-w-md flex-col items-center px-6 py-16 text-center', className)}
    >
      <TriangleAlert aria-hidden strokeWidth={1.5} className="mb-3 size-7 text-destructive-text" />
      <Heading className="font-semibold text-lg">{title}</Heading>
      <p className="mt-1 text-balance text-muted-foreground">{description}</p>
      {onRetry ? (
        <Button variant="outline" className="mt-4" onClick={onRetry}>
          <RotateCw aria-hidden />
          Try again
        </Button>
      ) : null}
      {requestId ? (
        <p className="mt-4 flex items-center gap-1 text-muted-foreground text-xs">
          Request <code className="font-sans tabular-nums">{requestId}</code>
          <CopyButton value={requestId} label="Copy the request id" />
        </p>
      ) : null}
    </div>
  );
}
