'use client';

import { PhoneCall, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { EmptyState } from '@/components/empty-state';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/format';
import type { Assignee } from '@/modules/records/queries';
import type { PhoneNumberRow, PhoneNumbers } from '../answers';
import { NumberRow } from './number-row';
import { NumberWebhooks } from './number-webhooks';
import { useNumbers } from './use-numbers';

const NumberDialog = dynamic(() => import('./number-dialog').then((module) => module.NumberDialog), {
  ssr: false,
});
const AddNumber = dynamic(() => import('./add-number').then((module) => module.AddNumber), { ssr: false });

/** Settings → Numbers: what is missing, our numbers with how each stands, and what the provider has to be told. */
export function NumbersSettings({
  start,
  members,
  canEdit,
}: {
  start: { numbers: PhoneNumbers; at: number };
  members: readonly Assignee[];
  canEdit: boolean;
}) {
  const { numbers, refresh, change } = useNumbers(start);
  const [editing, setEditing] = useState<PhoneNumberRow | null>(null);
  const [adding, setAdding] = useState(false);
  const [showsArchived, setShowsArchived] = useState(false);
  const live = numbers.rows.filter(({ archived_at: at }) => at === null);
  const archived = numbers.rows.filter(({ archived_at: at }) => at !== null);
  const add = canEdit ? (
    <Button variant="outline" size="sm" disabled={numbers.problem !== null} onClick={() => setAdding(true)}>
      <Plus aria-hidden /> Add a number
    </Button>
  ) : null;

  const setStatus = (number: PhoneNumberRow, status: PhoneNumberRow['status']) =>
    change(
      number,
      { status, paused_reason: null },
      (row) => (row.id === number.id ? { ...row, status, paused_reason: null } : row),
      status === 'paused' ? `${number.label} still sends` : `${number.label} is still paused`,
    );
  const setArchived = (number: PhoneNumberRow, isArchived: boolean) =>
    change(
      number,
      { archived: isArchived },
      (row) =>
        row.id === number.id ? { ...row, archived_at: isArchived ? new Date().toISOString() : null } : row,
      isArchived ? `${number.label} is still in use` : `${number.label} is still archived`,
    );
  const acts = {
    onEdit: setEditing,
    onPause: async (number: PhoneNumberRow) => {
      if (!(await setStatus(number, 'paused'))) return;
      notify.success(`${number.label} is paused`, {
        description: 'What waits for it goes out once it is resumed. Calls and texts still come in.',
        action: { label: 'Undo', onClick: () => void setStatus(number, 'active') },
      });
    },
    onResume: (number: PhoneNumberRow) => void setStatus(number, 'active'),
    onDefault: async (number: PhoneNumberRow) => {
      const isDone = await change(
        number,
        { is_default_sender: true },
        (row) => ({ ...row, is_default_sender: row.id === number.id }),
        'The default sender stays as it was',
      );
      if (isDone) notify.success(`Texts go out from ${number.label} unless another number is chosen`);
    },
    onArchive: async (number: PhoneNumberRow) => {
      if (!(await setArchived(number, true))) return;
      notify.success(`${number.label} was archived`, {
        description: 'Nothing goes out from it. What it sent and took in stays.',
        action: { label: 'Undo', onClick: () => void setArchived(number, false) },
      });
    },
    onRestore: (number: PhoneNumberRow) => void setArchived(number, false),
  };
  return (
    <>
      {canEdit ? null : (
        <p className="mb-4 text-muted-foreground text-sm">
          Only admins and owners change these. Ask one of them.
        </p>
      )}
      {numbers.problem ? (
        <p
          role="status"
          className="mb-6 max-w-4xl rounded-md bg-warning-soft px-3 py-2 text-sm text-warning-text"
        >
          {numbers.problem} Until then calls are dialled by hand and logged, and no text goes out.
        </p>
      ) : null}
      <SettingsSection
        wide
        title="Numbers"
        description="Your own numbers: calls and texts go out from them, and who calls or texts one reaches you."
        action={live.length > 0 ? add : null}
      >
        {live.length === 0 ? (
          <EmptyState
            icon={PhoneCall}
            headingLevel={3}
            className="max-w-none rounded-lg border border-dashed py-10"
            title="No number yet"
            description="Take one over from your Twilio account, and owners can be called and texted from here."
            action={add}
          />
        ) : (
          <ul aria-label="Numbers" className="divide-y rounded-lg border">
            {live.map((number) => (
              <NumberRow key={number.id} number={number} canEdit={canEdit} {...acts} />
            ))}
          </ul>
        )}
        {archived.length > 0 ? (
          <div className="mt-2">
            <Button
              variant="ghost"
              size="sm"
              aria-expanded={showsArchived}
              onClick={() => setShowsArchived((shows) => !shows)}
            >
              {showsArchived ? 'Hide the archived' : formatCount(archived.length, 'archived number')}
            </Button>
            {showsArchived ? (
              <ul aria-label="Archived numbers" className="mt-2 divide-y rounded-lg border">
                {archived.map((number) => (
                  <NumberRow key={number.id} number={number} canEdit={canEdit} {...acts} />
                ))}
              </ul>
            ) : null}
          </div>
        ) : null}
      </SettingsSection>
      <NumberWebhooks webhooks={numbers.webhooks} browserProblem={numbers.browser_problem} />
      {editing ? (
        <NumberDialog
          number={editing}
          members={members}
          onSaved={() => void refresh()}
          onClose={() => setEditing(null)}
        />
      ) : null}
      {adding ? <AddNumber onAdded={() => void refresh()} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
