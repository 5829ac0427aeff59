'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { PageHeader } from '@/components/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { writeAddress } from '@/modules/records/components/use-list-address';
import { TextsList } from './texts-list';

const BatchesList = dynamic(() => import('./batches-list').then((module) => module.BatchesList), {
  ssr: false,
  loading: () => <Skeleton className="m-6 h-40" />,
});
const BatchPanel = dynamic(() => import('./batch-panel').then((module) => module.BatchPanel), { ssr: false });

const parts = [
  { id: '', label: 'All texts' },
  { id: 'batches', label: 'Batches' },
] as const;

/**
 * Every text, and what was written to many. `show` in the address chooses, `batch` opens one beside it.
 * @param tabs the rooms of calling
 */
export function TextsPage({ tabs }: { tabs: ReactNode }) {
  const address = useSearchParams();
  const show = address.get('show') === 'batches' ? 'batches' : '';
  const batch = address.get('batch');
  const choice = (
    <fieldset className="flex items-center gap-0.5">
      <legend className="sr-only">What is listed</legend>
      {parts.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          aria-pressed={show === id}
          onClick={() => writeAddress({ show: id || null, status: null, direction: null }, 'pushState')}
          className="focus-inset inline-flex h-7 items-center whitespace-nowrap rounded-md px-2 text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent hover:text-foreground aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-foreground max-md:h-10"
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
  return (
    <>
      <PageHeader title="Calls" tabs={tabs} />
      {show === 'batches' ? <BatchesList choice={choice} /> : <TextsList choice={choice} />}
      {batch ? (
        <BatchPanel key={batch} id={batch} onClose={() => writeAddress({ batch: null, of: null })} />
      ) : null}
    </>
  );
}
