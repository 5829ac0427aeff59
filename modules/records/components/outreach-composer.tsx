'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorState } from '@/components/error-state';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { Dialog, DialogBody, DialogContent, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import type { FormFailure } from '@/lib/use-api-form';
import type { OutreachChannel, OutreachSubject, OutreachTargets } from '@/modules/outreach/domain';
import { changeDraft, newDraft, type OutreachDraft, outreachOf } from './outreach-draft';
import { OutreachFields } from './outreach-fields';
import { messageOf } from './use-bulk';
import { useLogOutreach } from './use-log-outreach';

const targetsFreshMs = 30_000;

/**
 * The dialog that logs what was said and what comes next, from an owner, a person, an organization, a property or a card.
 * It reads whom it can go to by itself. Load it with `next/dynamic` and open it by `l`.
 * @param channel what it opens with; else what the contact prefers
 * @param onLogged after the server has it, and after it was taken back
 */
export function OutreachComposer({
  subject,
  channel,
  onClose,
  onLogged,
}: {
  subject: OutreachSubject;
  channel?: OutreachChannel;
  onClose: () => void;
  onLogged?: () => void;
}) {
  const query = useQuery({
    queryKey: ['outreach', 'targets', subject.kind, subject.id],
    queryFn: ({ signal }) =>
      api<OutreachTargets>(
        'GET',
        `/api/outreach/targets?subject=${subject.kind}&id=${subject.id}`,
        undefined,
        {
          signal,
        },
      ),
    staleTime: targetsFreshMs,
  });
  if (query.data)
    return (
      <ComposerForm
        subject={subject}
        targets={query.data}
        channel={channel}
        onClose={onClose}
        onLogged={onLogged}
      />
    );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>Log outreach</DialogTitle>
        </DialogHeader>
        <DialogBody className="min-h-80">
          {query.isError ? (
            <ErrorState
              title="The contacts could not be loaded"
              description={query.error.message}
              requestId={query.error instanceof ApiError ? query.error.requestId : null}
              onRetry={() => void query.refetch()}
            />
          ) : (
            <div role="status" aria-label="Loading the contacts" className="grid gap-4">
              {[100, 100, 60, 100].map((width, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a skeleton are all alike
                <Skeleton key={index} className="h-8" style={{ width: `${width}%` }} />
              ))}
            </div>
          )}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

const noFailure: FormFailure = { message: '', fields: {}, requestId: null };

function ComposerForm({
  subject,
  targets,
  channel,
  onClose,
  onLogged,
}: {
  subject: OutreachSubject;
  targets: OutreachTargets;
  channel?: OutreachChannel;
  onClose: () => void;
  onLogged?: () => void;
}) {
  // as they were when it opened: what a refetch brings must not change what is being written
  const [given] = useState(targets);
  const [draft, setDraft] = useState(() => newDraft(given, channel));
  const [failure, setFailure] = useState(noFailure);
  const [isSending, setSending] = useState(false);
  const log = useLogOutreach(subject, onLogged);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation();
    // the timeline has it at once; only a refusal brings the form back, with all that was written
    setSending(true);
    setFailure(noFailure);
    try {
      await log(outreachOf(draft, given, subject));
      onClose();
    } catch (error) {
      const known = error instanceof ApiError ? error : null;
      setFailure({
        message: messageOf(error),
        fields: known?.fields ?? {},
        requestId: known?.requestId ?? null,
      });
      setSending(false);
    }
  }

  if (isSending) return null;
  const { fields } = failure;
  const isNamed = ['next_step_at', 'occurred_at', 'subject', 'body'].some((name) => fields[name]);
  return (
    <FormDialog
      title={`Log outreach to ${given.name}`}
      submitLabel={draft.nextStep ? 'Log & follow up' : 'Log outreach'}
      pending={false}
      dirty={failure !== noFailure}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      <FormProblem failure={isNamed ? noFailure : failure} />
      <OutreachFields
        targets={given}
        draft={draft}
        errors={fields}
        onChange={(change: Partial<OutreachDraft>) => setDraft((now) => changeDraft(now, given, change))}
        onDraft={setDraft}
      />
    </FormDialog>
  );
}
