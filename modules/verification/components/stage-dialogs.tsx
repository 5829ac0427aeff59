'use client';

import { type FormEvent, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { formatCount } from '@/lib/format';
import { useApiForm } from '@/lib/use-api-form';
import type { Pipeline } from '../domain';
import { resultWords } from './stage-list';
import type { PipelineWrites } from './use-pipelines';

/** The form for a new stage, or the one that takes a stage away and asks where its cards go. */
export function StageDialogs({
  pipeline,
  writes,
  removing,
  onClose,
}: {
  pipeline: Pipeline;
  writes: PipelineWrites;
  removing: Pipeline['stages'][number] | null;
  onClose: () => void;
}) {
  return removing ? (
    <RemoveStage pipeline={pipeline} writes={writes} stage={removing} onClose={onClose} />
  ) : (
    <NewStage pipeline={pipeline} writes={writes} onClose={onClose} />
  );
}

function NewStage({
  pipeline,
  writes,
  onClose,
}: {
  pipeline: Pipeline;
  writes: PipelineWrites;
  onClose: () => void;
}) {
  const form = useApiForm(
    (values) => writes.call('POST', `/${pipeline.id}/stages`, { name: values.name, result: values.result }),
    onClose,
  );
  return (
    <FormDialog
      title={`Add a stage to ${pipeline.name}`}
      submitLabel="Add"
      pending={form.pending}
      onSubmit={(event: FormEvent<HTMLFormElement>) => void form.onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={form.failure} />
      <Field label="Name" error={form.errors.name}>
        {(control) => (
          <Input {...control} name="name" autoComplete="off" maxLength={60} placeholder="Site visit" />
        )}
      </Field>
      <Field label="A card that stands here is" error={form.errors.result}>
        {(control) => (
          <NativeSelect {...control} name="result" defaultValue="open">
            {Object.entries(resultWords).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
    </FormDialog>
  );
}

function RemoveStage({
  pipeline,
  writes,
  stage,
  onClose,
}: {
  pipeline: Pipeline;
  writes: PipelineWrites;
  stage: Pipeline['stages'][number];
  onClose: () => void;
}) {
  const others = pipeline.stages.filter(({ id }) => id !== stage.id);
  const [target, setTarget] = useState(
    (others.find(({ result }) => result === 'open') ?? others[0])?.id ?? '',
  );
  const path = `/${pipeline.id}/stages/${stage.id}`;
  const isLost = others.find(({ id }) => id === target)?.result === 'lost' && stage.result !== 'lost';
  const form = useApiForm(
    (values) =>
      writes.call<{ moved: number }>('DELETE', path, {
        // cards that were taken off the board stand here too, out of sight: they need a place as well
        move_to: target || null,
        ...(values.reason && { reason: values.reason }),
      }),
    ({ moved }) => {
      onClose();
      notify.success(`“${stage.name}” was removed`, {
        description: moved > 0 ? `${formatCount(moved, 'card')} moved.` : undefined,
        action: {
          label: 'Undo',
          onClick: () =>
            void writes
              .attempt('Not undone', () => writes.call('POST', `${path}/restore`))
              .then((isBack) => {
                if (isBack && moved > 0) notify.info('The stage is back. Its cards stay where they went.');
              }),
        },
      });
    },
  );
  return (
    <FormDialog
      title={`Remove “${stage.name}”?`}
      description={
        stage.cards > 0
          ? `${formatCount(stage.cards, 'card')} ${stage.cards === 1 ? 'stands' : 'stand'} here. They keep their history and their order.`
          : 'No card stands here. Its history stays.'
      }
      submitLabel="Remove"
      pending={form.pending}
      onSubmit={(event: FormEvent<HTMLFormElement>) => void form.onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={form.failure} />
      <Field
        label={stage.cards > 0 ? 'Its cards go to' : 'Cards that come back go to'}
        error={form.errors.move_to}
      >
        {(control) => (
          <NativeSelect
            {...control}
            name="move_to"
            value={target}
            onChange={(event) => setTarget(event.target.value)}
          >
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      {isLost ? (
        <Field label="Why they are lost" error={form.errors.reason}>
          {(control) => <Textarea {...control} name="reason" maxLength={1000} />}
        </Field>
      ) : null}
    </FormDialog>
  );
}
