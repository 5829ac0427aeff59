'use client';

import { Mail } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { use, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import type { DataTableColumn } from '@/components/data-table/types';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError } from '@/lib/api-client';
import { SearchField } from '@/modules/records/components/search-field';
import { writeAddress } from '@/modules/records/components/use-list-address';
import type { CampaignDetail, EmailRow } from '../answers';
import { queueStatuses, queueStatusWords } from '../domain';
import { fateOf, mailLook, whyLine } from './mail-words';
import { useEmails } from './use-campaign';

const MailPanel = dynamic(() => import('./mail-panel').then((module) => module.MailPanel), { ssr: false });

const nameOf = (row: EmailRow) => row.person?.name ?? row.to_address;

/** Every mail of the campaign with its state, and of each that waits or won't go, why. */
export function EmailsTab({ campaign }: { campaign: CampaignDetail }) {
  const address = useSearchParams();
  const timeZone = use(TimeZoneContext);
  const [q, setQ] = useState('');
  const status = address.get('status') ?? '';
  const step = address.get('of') ?? '';
  const open = address.get('mail');
  const search = new URLSearchParams();
  if (status) search.set('status', status);
  if (step) search.set('step', step);
  if (q) search.set('q', q);
  const emails = useEmails(campaign.id, search.toString());
  const rows = emails.data?.pages.flatMap((page) => page.rows) ?? [];
  const isNarrowed = q !== '' || status !== '' || step !== '';

  const columns: DataTableColumn<EmailRow>[] = [
    { id: 'name', header: 'To', size: 184, minSize: 140, cell: nameOf },
    { id: 'step', header: 'E-mail', size: 136, cell: ({ step_name }) => step_name },
    { id: 'subject', header: 'Subject', size: 240, cell: ({ subject }) => subject },
    {
      id: 'status',
      header: 'State',
      size: 216,
      cell: (row) => <StatusBadge {...mailLook(row)} />,
    },
    {
      id: 'why',
      header: 'Why',
      size: 352,
      cell: (row) => {
        const line = whyLine(row, timeZone);
        return line ? (
          <span className="text-muted-foreground" title={line}>
            {line}
          </span>
        ) : null;
      },
    },
    {
      id: 'when',
      header: 'When',
      size: 112,
      cell: (row) => {
        const at = fateOf(row)?.at ?? row.run_at;
        return at ? <RelativeTime at={at} className="text-muted-foreground" /> : null;
      },
    },
  ];
  return (
    <>
      <DataTable<EmailRow>
        id="campaign-emails"
        label="E-mails"
        columns={columns}
        rows={rows}
        getRowId={(row) => row.id}
        getRowLabel={nameOf}
        onOpen={(row) => writeAddress({ mail: row.id }, open ? 'replaceState' : 'pushState')}
        mobileRow={(row) => ({
          title: nameOf(row),
          detail: whyLine(row, timeZone) ?? row.subject,
          aside: <StatusBadge {...mailLook(row)} />,
        })}
        toolbar={
          <div className="flex flex-wrap items-center gap-2">
            <SearchField label="Search e-mails" value={q} onChange={setQ} />
            <NativeSelect
              aria-label="State"
              className="w-44"
              value={status}
              onChange={({ target }) => writeAddress({ status: target.value || null })}
            >
              <option value="">Every state</option>
              {queueStatuses.map((each) => (
                <option key={each} value={each}>
                  {queueStatusWords[each]}
                </option>
              ))}
            </NativeSelect>
            {campaign.steps.length > 1 ? (
              <NativeSelect
                aria-label="E-mail of the sequence"
                className="w-44"
                value={step}
                onChange={({ target }) => writeAddress({ of: target.value || null })}
              >
                <option value="">Every e-mail</option>
                {campaign.steps.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </NativeSelect>
            ) : null}
          </div>
        }
        isLoading={emails.isPending}
        isRefreshing={emails.isPlaceholderData}
        error={
          emails.isError && rows.length === 0 ? (
            <ErrorState
              title="The e-mails could not be loaded"
              description={emails.error.message}
              onRetry={() => void emails.refetch()}
              requestId={emails.error instanceof ApiError ? emails.error.requestId : null}
            />
          ) : undefined
        }
        empty={
          <EmptyState
            icon={Mail}
            title={isNarrowed ? 'No e-mail matches' : 'No e-mail yet'}
            description={
              isNarrowed
                ? 'No e-mail of this campaign is in this state.'
                : 'What is written and sent appears here.'
            }
            action={
              isNarrowed ? (
                <Button
                  variant="outline"
                  onClick={() => {
                    setQ('');
                    writeAddress({ status: null, of: null });
                  }}
                >
                  Show all
                </Button>
              ) : undefined
            }
          />
        }
        hasMore={emails.hasNextPage}
        isFetchingMore={emails.isFetchingNextPage}
        onEndReached={() => void emails.fetchNextPage()}
      />
      {open ? (
        <MailPanel key={open} campaign={campaign} id={open} onClose={() => writeAddress({ mail: null })} />
      ) : null}
    </>
  );
}
