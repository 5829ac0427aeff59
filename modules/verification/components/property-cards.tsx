'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, SquareKanban } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { StatusBadge } from '@/components/status-badge';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { DetailSection } from '@/modules/records/components/detail-layout';
import type { PropertyCard } from '../queries';
import { useAddToBoard } from './add-to-board';
import { ScoreRing } from './score-ring';

const glyphs = { active: 'half', won: 'check', lost: 'ban' } as const;

/** Where a property stands on the boards, and the way onto one. */
export function PropertyCards({ propertyId }: { propertyId: string }) {
  const add = useAddToBoard();
  const [busy, setBusy] = useState(false);
  const query = useQuery({
    queryKey: ['verification', 'of', propertyId],
    queryFn: ({ signal }) =>
      api<{ cards: PropertyCard[] }>('GET', `/api/verification?property_id=${propertyId}`, undefined, {
        signal,
      }),
  });
  useLive('board', () => void query.refetch());
  const cards = query.data?.cards ?? [];
  const isActive = cards.some(({ status }) => status === 'active');
  return (
    <DetailSection
      title="Verification"
      action={
        query.isSuccess && !isActive ? (
          <Button
            variant="ghost"
            size="sm"
            loading={busy}
            onClick={async () => {
              setBusy(true);
              await add([propertyId]);
              setBusy(false);
            }}
          >
            <SquareKanban aria-hidden /> Start verification
          </Button>
        ) : null
      }
    >
      {query.isError ? (
        <p role="alert" className="py-1 text-destructive-text text-sm">
          The board could not be asked. {query.error.message}
        </p>
      ) : null}
      {query.isSuccess && cards.length === 0 ? (
        <p className="py-1 text-muted-foreground text-sm">Not on the board yet.</p>
      ) : null}
      <ul>
        {cards.map(({ id, status, score, stage, pipeline }) => (
          <li key={id}>
            <Link
              href={`/verification?pipeline=${pipeline.id}&card=${id}`}
              className="-mx-1.5 flex min-h-8 items-center gap-2 rounded-md px-1.5 text-sm hover:bg-accent max-md:min-h-10"
            >
              <StatusBadge
                label={stage}
                glyph={glyphs[status as keyof typeof glyphs] ?? 'half'}
                tone={status === 'won' ? 'positive' : 'neutral'}
              />
              <span className="truncate text-muted-foreground">{pipeline.name}</span>
              <span className="ml-auto inline-flex items-center gap-1">
                <ScoreRing score={score} />
                <ChevronRight aria-hidden className="size-4 text-muted-foreground" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </DetailSection>
  );
}
