'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, use, useRef, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { TierHint, useFeature } from '@/components/tier';
import { TimeZoneContext } from '@/components/time-zone';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { ApiError, api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { insertText } from '@/lib/insert-text';
import { instantOf, wallTime } from '@/lib/wall-time';
import { FieldPicker } from '@/modules/records/components/field-picker';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { BatchRow } from '../answers';
import { textFieldWords } from '../domain';
import { BulkPreview } from './bulk-preview';
import { SegmentCount } from './segment-count';
import { TemplateMenu } from './template-menu';
import { useBatchPreview } from './use-batch-preview';
import { useSendingNumbers } from './use-batches';
import { useTextDraft } from './use-draft';
import { useSegments } from './use-segments';

/** One text to many people: the wording, who gets it and who doesn't and why, from which number, and when. */
export function BulkText({ ids, onClose }: { ids: ReadonlySet<string>; onClose: () => void }) {
  const has = useFeature('sms_bulk');
  if (has) return <Form ids={ids} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{`Text ${formatCount(ids.size, 'person', 'people')}`}</DialogTitle>
          <DialogDescription>
            One text to many, each in their own hours, stopped by an answer or a STOP.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="pb-5">
          <TierHint feature="sms_bulk" />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

const noFailure = { message: '', requestId: null as string | null, fields: {} as Record<string, string> };

function Form({ ids, onClose }: { ids: ReadonlySet<string>; onClose: () => void }) {
  const client = useQueryClient();
  const router = useRouter();
  const timeZone = use(TimeZoneContext);
  const { data: sending } = useSendingNumbers();
  const numbers = sending?.numbers ?? [];
  // as they were when it opened: the selection may change behind the dialog
  const [people] = useState(() => ({ ids: [...ids] }));
  // one for all tries: a batch that was taken in and whose answer was lost is not made twice
  const [id] = useState(() => crypto.randomUUID());
  const [body, setBody] = useTextDraft('text:many');
  const [name, setName] = useState('');
  const [from, setFrom] = useState('');
  const [template, setTemplate] = useState<string | null>(null);
  const [at, setAt] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState(noFailure);
  const field = useRef<HTMLTextAreaElement>(null);
  const counted = useSegments(body);
  const preview = useBatchPreview(people, body, from);
  const { data } = preview;
  const left = Object.values(data?.left_out ?? {}).reduce((sum, count) => sum + count, 0);
  const goes = data ? data.total - left : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setFailure(noFailure);
    try {
      const batch = await api<BatchRow>('POST', '/api/sms/batches', {
        id,
        name: name.trim() || nameFrom(body),
        people,
        body: body.trim(),
        phone_number_id: from || null,
        template_id: template,
        starts_at: at ? instantOf(at, timeZone) : null,
      });
      setBody('');
      void client.invalidateQueries({ queryKey: ['texts'] });
      notify.success(`${formatCount(batch.total, 'text')} queued`, {
        description: 'Each goes in the hours of its own place.',
        action: { label: 'Open', onClick: () => router.push(`/calls/texts?batch=${id}`) },
      });
      onClose();
    } catch (error) {
      const known = error instanceof ApiError ? error : null;
      const fields = known?.fields ?? {};
      const isNamed = ['body', 'name', 'starts_at', 'phone_number_id'].some((key) => fields[key]);
      setFailure({
        message: isNamed ? '' : messageOf(error),
        fields,
        requestId: isNamed ? null : (known?.requestId ?? null),
      });
    } finally {
      setPending(false);
    }
  }
  return (
    <FormDialog
      title={`Text ${formatCount(people.ids.length, 'person', 'people')}`}
      description="Each gets it from a number of yours, in the hours of their own place. An answer or a STOP ends it for them."
      dirty={name !== '' || at !== ''}
      submitLabel={goes === null ? 'Send' : `Send ${formatCount(goes, 'text')}`}
      pending={pending}
      onSubmit={(event) => {
        if (body.trim() === '' || goes === 0 || counted?.tooLong) {
          event.preventDefault();
          field.current?.focus();
          return;
        }
        void submit(event);
      }}
      onClose={onClose}
    >
      <FormProblem failure={failure} />
      {sending && numbers.length === 0 ? (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-sm">
          {sending.problem ?? 'Texts go out from a number of yours, and there is none yet.'}{' '}
          <Link href="/settings/numbers" className="underline underline-offset-2">
            Add a number
          </Link>
        </p>
      ) : null}
      <div>
        <Field label="Text" error={failure.fields.body ?? counted?.tooLong ?? undefined}>
          {(control) => (
            // nothing of it is a field of the form: what was typed is kept, so closing need not ask
            <Textarea
              {...control}
              ref={field}
              rows={4}
              autoFocus
              maxLength={1600}
              value={body}
              onChange={({ target }) => setBody(target.value)}
            />
          )}
        </Field>
        <div className="mt-1 flex flex-wrap items-center gap-1">
          <TemplateMenu
            onPick={(picked) => {
              setTemplate(picked.id);
              setBody(picked.body);
              if (name === '') setName(picked.name);
            }}
          />
          <FieldPicker
            into="the text"
            fields={textFieldWords}
            withoutFallback="Left empty, whoever lacks it gets no text."
            onInsert={(text) => setBody(insertText(field.current, body, text))}
          />
          <span className="ml-auto">
            <SegmentCount counted={counted} />
          </span>
        </div>
      </div>
      <BulkPreview people={people} body={body} from={from} preview={preview} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="From"
          error={failure.fields.phone_number_id}
          help={from === '' ? 'Whoever knows one of your numbers gets it from that one.' : undefined}
        >
          {(control) => (
            <NativeSelect {...control} value={from} onChange={({ target }) => setFrom(target.value)}>
              <option value="">Their usual number</option>
              {numbers.map(({ id: value, label, display, status }) => (
                <option key={value} value={value}>
                  {`${label}, ${display}${status === 'paused' ? ' (paused)' : ''}`}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="Not before" optional error={failure.fields.starts_at} help={`Your time, ${timeZone}.`}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              min={wallTime(Date.now(), timeZone)}
              value={at}
              onChange={({ target }) => setAt(target.value)}
            />
          )}
        </Field>
      </div>
      <Field
        label="Name"
        optional
        error={failure.fields.name}
        help="To find it again under Calls, Texts; nobody else reads it."
      >
        {(control) => (
          <Input
            {...control}
            maxLength={120}
            autoComplete="off"
            value={name}
            placeholder={body.trim() ? nameFrom(body) : ''}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}

const nameLength = 60;

/** The beginning of the wording, where nobody named it. */
function nameFrom(body: string): string {
  const line = body
    .replace(/\{[{%].*?[%}]\}/g, '…')
    .trim()
    .replace(/\s+/g, ' ');
  return line.length > nameLength ? `${line.slice(0, nameLength - 1).trimEnd()}…` : line || 'Text';
}
