'use client';

import { useQueryClient } from '@tanstack/react-query';
import { UserMinus, Users } from 'lucide-react';
import { useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import type { DataTableColumn } from '@/components/data-table/types';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError, api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { SearchField } from '@/modules/records/components/search-field';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { CampaignDetail, RecipientRow } from '../answers';
import { recipientStatuses, recipientStatusWords } from '../domain';
import { recipientLook } from './labels';
import { refreshCampaign, useRecipients } from './use-campaign';

const nothing: ReadonlySet<string> = new Set();
const nameOf = ({ person, email }: RecipientRow) => person.name ?? email.address;

/** Everybody the campaign was launched for: how far each is, and why it ended for those it ended for. */
export function RecipientsTab({ campaign }: { campaign: CampaignDetail }) {
  const client = useQueryClient();
  const [q, setQ] = useState('');
  const [status, setStatus] = useState('');
  const [selection, setSelection] = useState<ReadonlySet<string>>(nothing);
  const search = new URLSearchParams();
  if (status) search.set('status', status);
  if (q) search.set('q', q);
  const recipients = useRecipients(campaign.id, search.toString());
  const rows = recipients.data?.pages.flatMap((page) => page.rows) ?? [];
  const steps = new Map(campaign.steps.map(({ id, name }) => [id, name]));
  const isOver = campaign.status === 'completed' || campaign.status === 'cancelled';

  async function stop(ids: ReadonlySet<string>) {
    setSelection(nothing);
    try {
      await api('DELETE', `/api/campaigns/${campaign.id}/recipients`, { ids: [...ids] });
      notify.success(`${formatCount(ids.size, 'person gets', 'people get')} no further e-mail`);
    } catch (error) {
      notify.error('Nobody was taken out', { description: messageOf(error) });
    }
    await refreshCampaign(client, campaign.id);
  }
  const columns: DataTableColumn<RecipientRow>[] = [
    { id: 'name', header: 'Name', size: 208, minSize: 140, cell: nameOf },
    { id: 'address', header: 'Address', size: 240, cell: ({ email }) => email.address },
    {
      id: 'status',
      header: 'State',
      size: 200,
      cell: ({ status: state, exit_reason }) => <StatusBadge {...recipientLook(state, exit_reason)} />,
    },
    {
      id: 'step',
      header: 'Last e-mail',
      size: 160,
      cell: ({ current_step_id }) => (current_step_id ? steps.get(current_step_id) : null),
    },
    {
      id: 'next',
      header: 'Next look',
      size: 128,
      cell: ({ next_email_at }) =>
        next_email_at ? <RelativeTime at={next_email_at} className="text-muted-foreground" /> : null,
    },
    {
      id: 'ended',
      header: 'Ended',
      size: 128,
      cell: ({ exited_at }) =>
        exited_at ? <RelativeTime at={exited_at} className="text-muted-foreground" /> : null,
    },
  ];
  return (
    <DataTable<RecipientRow>
      id="campaign-people"
      label="Recipients"
      columns={columns}
      rows={rows}
      getRowId={(row) => row.id}
      getRowLabel={nameOf}
      rowHref={({ person }) => `/people/${person.id}`}
      mobileRow={(row) => ({
        title: nameOf(row),
        detail: row.email.address,
        aside: <StatusBadge {...recipientLook(row.status, row.exit_reason)} />,
      })}
      selection={isOver ? undefined : selection}
      onSelectionChange={isOver ? undefined : setSelection}
      bulkActions={(selected) => (
        <Button variant="outline" size="sm" onClick={() => void stop(selected)}>
          <UserMinus aria-hidden className="text-destructive-text" /> No further e-mail
        </Button>
      )}
      toolbar={
        <div className="flex flex-wrap items-center gap-2">
          <SearchField label="Search recipients" value={q} onChange={setQ} />
          <NativeSelect
            aria-label="State"
            className="w-40"
            value={status}
            onChange={({ target }) => setStatus(target.value)}
          >
            <option value="">Every state</option>
            {recipientStatuses.map((each) => (
              <option key={each} value={each}>
                {recipientStatusWords[each]}
              </option>
            ))}
          </NativeSelect>
        </div>
      }
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
        <EmptyState
          icon={Users}
          title={q || status ? 'No recipient matches' : 'No recipients'}
          description={q || status ? 'Nobody of this campaign fits.' : 'Nobody was chosen for this campaign.'}
        />
      }
      hasMore={recipients.hasNextPage}
      isFetchingMore={recipients.isFetchingNextPage}
      onEndReached={() => void recipients.fetchNextPage()}
    />
  );
}
