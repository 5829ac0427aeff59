'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api-client';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { AvailableNumbers } from '../answers';
import { featureWords } from './number-row';

const key = ['phone-numbers', 'available'];

/** The numbers of the provider's account that are not here yet, each to be taken over. Load it with `next/dynamic`. */
export function AddNumber({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api<AvailableNumbers>('GET', '/api/phone-numbers?available=1', undefined, { signal }),
    staleTime: 0,
    retry: false,
  });
  async function add({ e164, name, display }: AvailableNumbers['rows'][number]) {
    setBusy(e164);
    setFailure(null);
    try {
      await api('POST', '/api/phone-numbers', { e164, label: name && name !== e164 ? name : display });
      notify.success(`${display} was added`, {
        description: 'Its calls and texts come in here from now on.',
      });
      client.setQueryData<AvailableNumbers>(
        key,
        (now) => now && { rows: now.rows.filter((row) => row.e164 !== e164) },
      );
    } catch (refused) {
      setFailure(messageOf(refused));
    }
    setBusy(null);
    onAdded();
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Add a number</DialogTitle>
          <DialogDescription>
            Numbers of your Twilio account. Adding one has its calls and texts sent here.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="pb-5">
          {failure ? (
            <p role="alert" className="mb-3 text-destructive-text text-sm">
              {failure}
            </p>
          ) : null}
          {error && !data ? (
            <p role="alert" className="text-sm">
              {error.message}{' '}
              <Button variant="ghost" size="sm" onClick={() => void refetch()}>
                Try again
              </Button>
            </p>
          ) : data ? null : (
            <Skeleton className="h-20" />
          )}
          {data && data.rows.length === 0 ? (
            <p className="text-muted-foreground text-sm">
              Every number of the account is here already. Buy another one at Twilio, and it shows here.
            </p>
          ) : null}
          <ul aria-label="Numbers of the account" className="divide-y">
            {data?.rows.map((row) => (
              <li key={row.sid} className="flex items-center gap-3 py-2 text-sm">
                <div className="min-w-0 flex-1">
                  <p className="font-medium tabular-nums">{row.display}</p>
                  <p className="truncate text-muted-foreground text-xs">
                    {[
                      row.name === row.e164 || row.name === row.display ? null : row.name,
                      featureWords(row.features),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </p>
                </div>
                <Button
                  variant="outline"
                  size="sm"
                  loading={busy === row.e164}
                  disabled={busy !== null}
                  aria-label={`Add ${row.display}`}
                  onClick={() => void add(row)}
                >
                  <Plus aria-hidden /> Add
                </Button>
              </li>
            ))}
          </ul>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
