'use client';

import { Check, MailCheck, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { DataTable } from '@/components/data-table/data-table';
import type { DataTableColumn } from '@/components/data-table/types';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { useShortcut } from '@/components/shortcuts';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { ApiError } from '@/lib/api-client';
import { formatCount, formatDateTime } from '@/lib/format';
import { SearchField } from '@/modules/records/components/search-field';
import { writeAddress } from '@/modules/records/components/use-list-address';
import type { CampaignDetail, EmailRow } from '../answers';
import { useEmails } from './use-campaign';
import { useReview } from './use-review';

const MailPanel = dynamic(() => import('./mail-panel').then((module) => module.MailPanel), { ssr: false });

const nothing: ReadonlySet<string> = new Set();
const nameOf = (row: EmailRow) => row.person?.name ?? row.to_address;

const columns: DataTableColumn<EmailRow>[] = [
  { id: 'name', header: 'To', size: 200, minSize: 140, cell: nameOf },
  { id: 'subject', header: 'Subject', size: 320, cell: ({ subject }) => subject },
  { id: 'from', header: 'From', size: 240, cell: ({ from_address }) => from_address },
  {
    id: 'marks',
    header: 'State',
    size: 150,
    cell: (row) =>
      row.needs_writing ? (
        <Badge variant="info">To be written</Badge>
      ) : row.is_edited ? (
        <Badge>Edited</Badge>
      ) : null,
  },
];

/** The first mails of a launch before they go: read, edited, taken out or accepted, one by one or all. */
export function ReviewList({ campaign }: { campaign: CampaignDetail }) {
  const open = useSearchParams().get('mail');
  const [q, setQ] = useState('');
  const [selection, setSelection] = useState<ReadonlySet<string>>(nothing);
  const [isEditing, setIsEditing] = useState(false);
  const [asking, setAsking] = useState(false);
  const emails = useEmails(campaign.id, `status=staged${q ? `&q=${encodeURIComponent(q)}` : ''}`);
  const review = useReview(campaign.id);
  const rows = emails.data?.pages.flatMap((page) => page.rows) ?? [];
  const waiting = campaign.emails.staged ?? 0;
  const show = (id: string | null, editing = false) => {
    setIsEditing(editing);
    writeAddress({ mail: id }, id && !open ? 'pushState' : 'replaceState');
  };
  /** What stands behind a mail in the list, so that a review goes on by itself. */
  const after = (ids: ReadonlySet<string>) => {
    if (!open || !ids.has(open)) return;
    const at = rows.findIndex(({ id }) => id === open);
    show(rows.slice(at + 1).find(({ id }) => !ids.has(id))?.id ?? null);
  };
  const accept = (ids: ReadonlySet<string>) => {
    setSelection(nothing);
    after(ids);
    void review.accept(ids);
  };
  const remove = (ids: ReadonlySet<string>) => {
    setSelection(nothing);
    after(ids);
    void review.remove(ids);
  };
  useShortcut(
    'a',
    'Accept what is selected or open, else all',
    () => {
      if (selection.size > 0) accept(selection);
      else if (open) accept(new Set([open]));
      else setAsking(true);
    },
    { group: 'Review', enabled: waiting > 0 },
  );
  return (
    <>
      <DataTable<EmailRow>
        id="campaign-review"
        label="E-mails to review"
        columns={columns}
        rows={rows}
        getRowId={(row) => row.id}
        getRowLabel={nameOf}
        onOpen={(row) => show(row.id)}
        onEdit={(row) => show(row.id, true)}
        mobileRow={(row) => ({ title: nameOf(row), detail: row.subject })}
        selection={selection}
        onSelectionChange={setSelection}
        bulkActions={(selected) => (
          <>
            <Button size="sm" onClick={() => accept(selected)}>
              <Check aria-hidden /> Accept
            </Button>
            <Button variant="outline" size="sm" onClick={() => remove(selected)}>
              <Trash2 aria-hidden className="text-destructive-text" /> Remove
            </Button>
          </>
        )}
        toolbar={
          <div className="flex flex-1 flex-wrap items-center gap-3">
            <SearchField label="Search e-mails" value={q} onChange={setQ} />
            <Button disabled={waiting === 0} onClick={() => setAsking(true)}>
              <MailCheck aria-hidden /> Accept all {waiting > 0 ? waiting.toLocaleString('en-US') : null}{' '}
              <Kbd className="max-md:hidden">A</Kbd>
            </Button>
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
            icon={MailCheck}
            title={q ? 'No e-mail matches' : 'Nothing is left to review'}
            description={q ? `Nothing matches “${q}”.` : 'What was accepted goes out in the sending hours.'}
          />
        }
        hasMore={emails.hasNextPage}
        isFetchingMore={emails.isFetchingNextPage}
        onEndReached={() => void emails.fetchNextPage()}
      />
      {open ? (
        <MailPanel
          key={`${open}${isEditing}`}
          campaign={campaign}
          id={open}
          startsEditing={isEditing}
          onClose={() => show(null)}
          onAccept={() => accept(new Set([open]))}
          onRemove={() => remove(new Set([open]))}
        />
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Accept all ${formatCount(waiting, 'e-mail')}?`}
        description={
          campaign.starts_at && Date.parse(campaign.starts_at) > Date.now()
            ? `They go out one by one from ${formatDateTime(campaign.starts_at, campaign.time_zone)} on, in the sending hours.`
            : 'They go out one by one in the sending hours. You can pause the campaign at any time.'
        }
        confirmLabel="Accept all"
        onConfirm={async () => {
          setSelection(nothing);
          show(null);
          await review.accept(null);
        }}
      />
    </>
  );
}
