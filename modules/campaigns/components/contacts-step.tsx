'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2, Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import type { DataTableColumn } from '@/components/data-table/types';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { SearchField } from '@/modules/records/components/search-field';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { Assignee } from '@/modules/records/queries';
import type { CampaignDetail, RecipientRow } from '../answers';
import { AddPeople } from './add-people';
import { AddressChoice } from './address-choice';
import { refreshCampaign, useRecipients } from './use-campaign';

const LeftOutList = dynamic(() => import('./left-out-list').then((module) => module.LeftOutList), {
  ssr: false,
});

const nothing: ReadonlySet<string> = new Set();
const nameOf = ({ person, email }: RecipientRow) => person.name ?? email.address;

/** Who gets the campaign, at which address, and who was left out of it and why. */
export function ContactsStep({
  campaign,
  members,
}: {
  campaign: CampaignDetail;
  members: readonly Assignee[];
}) {
  const client = useQueryClient();
  const [tab, setTab] = useState<'in' | 'out'>('in');
  const [q, setQ] = useState('');
  const [selection, setSelection] = useState<ReadonlySet<string>>(nothing);
  const [adding, setAdding] = useState(campaign.recipients.total === 0);
  const recipients = useRecipients(campaign.id, q ? `q=${encodeURIComponent(q)}` : '');
  const rows = recipients.data?.pages.flatMap((page) => page.rows) ?? [];

  async function remove(ids: ReadonlySet<string>) {
    const people = rows.filter(({ id }) => ids.has(id)).map(({ person }) => person.id);
    setSelection(nothing);
    try {
      await api('DELETE', `/api/campaigns/${campaign.id}/recipients`, { ids: [...ids] });
      notify.success(`${formatCount(ids.size, 'person', 'people')} taken out`, {
        action: {
          label: 'Undo',
          onClick: () =>
            void api('POST', `/api/campaigns/${campaign.id}/recipients`, { ids: people })
              .then(() => refreshCampaign(client, campaign.id))
              .catch((error: unknown) => notify.error('Not undone', { description: messageOf(error) })),
        },
      });
    } catch (error) {
      notify.error('Nobody was taken out', { description: messageOf(error) });
    }
    await refreshCampaign(client, campaign.id);
  }
  const columns: DataTableColumn<RecipientRow>[] = [
    { id: 'name', header: 'Name', size: 240, minSize: 140, cell: nameOf },
    {
      id: 'address',
      header: 'Address',
      size: 320,
      cell: (row) => <AddressChoice campaignId={campaign.id} row={row} />,
    },
  ];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-1 px-6 py-2 max-md:px-4">
        {(
          [
            ['in', `Recipients ${formatNumber(campaign.recipients.total)}`],
            ['out', `Left out ${formatNumber(campaign.left_out)}`],
          ] as const
        ).map(([id, label]) => (
          <button
            key={id}
            type="button"
            aria-pressed={tab === id}
            onClick={() => setTab(id)}
            className="focus-inset inline-flex h-7 items-center rounded-md px-2 text-muted-foreground text-sm tabular-nums hover:bg-accent hover:text-foreground aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-foreground max-md:h-10"
          >
            {label}
          </button>
        ))}
        <Button
          variant="outline"
          className="ml-auto"
          aria-expanded={adding}
          onClick={() => setAdding((before) => !before)}
        >
          <Plus aria-hidden /> Add people
        </Button>
      </div>
      {adding ? (
        <AddPeople campaignId={campaign.id} members={members} onDone={() => setAdding(false)} />
      ) : null}
      {tab === 'out' ? (
        <LeftOutList campaign={campaign} />
      ) : (
        <DataTable<RecipientRow>
          id="campaign-recipients"
          label="Recipients"
          columns={columns}
          rows={rows}
          getRowId={(row) => row.id}
          getRowLabel={nameOf}
          rowHref={({ person }) => `/people/${person.id}`}
          mobileRow={(row) => ({ title: nameOf(row), detail: row.email.address })}
          selection={selection}
          onSelectionChange={setSelection}
          bulkActions={(selected) => (
            <Button variant="outline" size="sm" onClick={() => void remove(selected)}>
              <Trash2 aria-hidden className="text-destructive-text" /> Take out
            </Button>
          )}
          toolbar={<SearchField label="Search recipients" value={q} onChange={setQ} />}
          isLoading={recipients.isPending}
          isRefreshing={recipients.isPlaceholderData}
          error={
            recipients.isError && rows.length === 0 ? (
              <ErrorState
                title="The recipients could not be loaded"
                description={recipients.error.message}
                onRetry={() => void recipients.refetch()}
                requestId={recipients.error instanceof ApiError ? recipients.error.requestId : null}
              />
            ) : undefined
          }
          empty={
            q ? (
              <EmptyState
                icon={Users}
                title="No recipient matches"
                description={`Nothing matches “${q}”.`}
                action={
                  <Button variant="outline" onClick={() => setQ('')}>
                    Clear the search
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={Users}
                title="Nobody is chosen yet"
                description="Choose people by a saved view, a filter or one by one. Each gets the e-mail at their primary address that can be written to; no address gets it twice."
              />
            )
          }
          hasMore={recipients.hasNextPage}
          isFetchingMore={recipients.isFetchingNextPage}
          onEndReached={() => void recipients.fetchNextPage()}
        />
      )}
    </div>
  );
}
