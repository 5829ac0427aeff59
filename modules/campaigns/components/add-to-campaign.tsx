'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { AddedRecipients, CampaignRow } from '../answers';
import { leftOutLine } from './left-out-words';
import { type Page, refreshCampaign } from './use-campaign';

/** Puts people into a draft, or into a new one. */
export function AddToCampaign({ ids, onClose }: { ids: ReadonlySet<string>; onClose: () => void }) {
  const client = useQueryClient();
  const router = useRouter();
  const drafts = useQuery({
    queryKey: ['campaigns', 'drafts'],
    queryFn: async () => (await api<Page<CampaignRow>>('GET', '/api/campaigns?status=draft')).rows,
    staleTime: 0,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState('');
  // made once, whatever comes after it: a second try puts people into the same one
  const made = useRef<string>(undefined);
  const rows = drafts.data ?? [];
  const campaign = chosen ?? rows[0]?.id ?? '';

  async function draftId(): Promise<string> {
    if (campaign) return campaign;
    made.current ??= (await api<{ id: string }>('POST', '/api/campaigns', { name: name.trim() })).id;
    return made.current;
  }
  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setFailure('');
    try {
      const id = await draftId();
      const { added, left_out } = await api<AddedRecipients>('POST', `/api/campaigns/${id}/recipients`, {
        ids: [...ids],
      });
      await refreshCampaign(client, id);
      notify.success(added === 0 ? 'Nobody was added' : `${formatCount(added, 'person', 'people')} added`, {
        description: leftOutLine(left_out) ?? undefined,
        action: { label: 'Open', onClick: () => router.push(`/campaigns/${id}?step=contacts`) },
      });
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setPending(false);
    }
  }
  return (
    <FormDialog
      title="Add to a campaign"
      description={`${formatCount(ids.size, 'person', 'people')}, each at their primary address that can be written to. Nothing is sent by this.`}
      submitLabel="Add"
      pending={pending}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      <FormProblem failure={{ message: failure || (drafts.error?.message ?? ''), requestId: null }} />
      {drafts.isPending ? (
        <Skeleton className="h-8" />
      ) : (
        <Field label="Campaign" help="Drafts alone: a campaign that was launched keeps its recipients.">
          {(control) => (
            <NativeSelect {...control} value={campaign} onChange={({ target }) => setChosen(target.value)}>
              {rows.map(({ id, name: label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
              <option value="">A new campaign</option>
            </NativeSelect>
          )}
        </Field>
      )}
      {campaign === '' && !drafts.isPending ? (
        <Field label="Name of the new campaign">
          {(control) => (
            <Input
              {...control}
              name="name"
              maxLength={120}
              autoComplete="off"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
      ) : null}
    </FormDialog>
  );
}
