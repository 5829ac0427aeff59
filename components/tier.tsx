'use client';

import { Lock } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, use } from 'react';
import { type Feature, featureRefusal, hasFeature } from '@/lib/tiers';
import { cn } from '@/lib/utils';
import { TierContext } from './tier-context';

/** Whether the workspace's tier has a feature. For the screen alone: the server decides by itself. */
export function useFeature(feature: Feature): boolean {
  return hasFeature(use(TierContext), feature);
}

/**
 * What stands where a feature of a higher tier would be: its name, the tier it comes with, and the way there.
 * @param children instead of the sentence of `lib/tiers.ts`
 */
export function TierHint({
  feature,
  className,
  children,
}: {
  feature: Feature;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <p data-slot="tier-hint" className={cn('flex gap-1.5 text-muted-foreground text-sm', className)}>
      <Lock aria-hidden className="mt-[0.2em] size-3.5 shrink-0" />
      <span>
        {children ?? featureRefusal(feature)}.{' '}
        <Link href="/settings#plan" className="underline underline-offset-2 hover:text-foreground">
          See the plans
        </Link>
      </span>
    </p>
  );
}

/** Shows its children where the workspace's tier has the feature, else the hint (or `fallback`). */
export function TierGate({
  feature,
  fallback,
  children,
}: {
  feature: Feature;
  fallback?: ReactNode;
  children: ReactNode;
}) {
  if (useFeature(feature)) return children;
  return fallback === undefined ? <TierHint feature={feature} /> : fallback;
}
