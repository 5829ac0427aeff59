'use client';

import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import type { Filters } from '@/modules/records/domain';
import type { OwnerFigures as Figures } from '../schema';

const figures: readonly { key: keyof Figures; label: string; filters: Filters }[] = [
  { key: 'owners', label: 'Owners', filters: {} },
  { key: 'contacted', label: 'Reached in 30 days', filters: { contacted: ['30d'] } },
  { key: 'due', label: 'Next step due', filters: { next_step: ['today'] } },
  { key: 'with_card', label: 'In verification', filters: { has_card: ['yes'] } },
];

const same = (a: Filters, b: Filters) => JSON.stringify(a) === JSON.stringify(b);

/** How many owners there are, were reached, are due and are in verification; each opens the rows it counts. */
export function OwnerFigures({
  filters,
  onFilter,
}: {
  filters: Filters;
  onFilter: (filters: Filters) => void;
}) {
  const { data } = useQuery({
    queryKey: ['owners', 'figures'],
    queryFn: ({ signal }) => api<Figures>('GET', '/api/owners/figures', undefined, { signal }),
  });
  return (
    <fieldset className="flex shrink-0 gap-1 overflow-x-auto border-b px-5 py-1.5 max-md:px-3">
      <legend className="sr-only">Figures</legend>
      {figures.map(({ key, label, filters: wanted }) => (
        <button
          key={key}
          type="button"
          aria-pressed={same(filters, wanted)}
          onClick={() => onFilter(wanted)}
          className="focus-inset grid min-w-32 gap-0.5 whitespace-nowrap rounded-md px-2.5 py-1 text-left transition-colors duration-120 hover:bg-accent aria-pressed:bg-accent"
        >
          <span className="text-muted-foreground text-xs">{label}</span>
          {/* its place is kept while it is being counted */}
          <span className="min-h-6 font-semibold text-lg leading-6 tabular-nums">
            {data ? formatNumber(data[key]) : null}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
