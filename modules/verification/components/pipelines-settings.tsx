'use client';

import { Archive, ArchiveRestore, Ellipsis, Plus, Star } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type FormEvent, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { FormDialog } from '@/components/form-dialog';
import { InlineSelect, InlineText } from '@/components/inline-edit';
import { Menu } from '@/components/menu';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { TierHint, useFeature } from '@/components/tier';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ApiError } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { Pipeline } from '../domain';
import { type PipelineWrites, usePipelines } from './use-pipelines';

const StageList = dynamic(() => import('./stage-list').then((module) => module.StageList));

const cardsOf = ({ stages }: Pipeline) => stages.reduce((sum, { cards }) => sum + cards, 0);

/** The pipelines of a workspace and the stages of each: named, ordered, limited in time, put away. */
export function PipelinesSettings({
  start,
  canEdit,
}: {
  start: { pipelines: Pipeline[]; at: number };
  canEdit: boolean;
}) {
  const writes = usePipelines(start);
  const several = useFeature('pipelines_several');
  const [adding, setAdding] = useState(false);
  const used = writes.pipelines.filter(({ archived_at }) => archived_at === null);
  const putAway = writes.pipelines.filter(({ archived_at }) => archived_at !== null);
  return (
    <>
      {canEdit ? null : (
        <p className="mb-4 text-muted-foreground text-sm">
          Only admins and owners change these. Ask one of them.
        </p>
      )}
      {used.map((pipeline) => (
        <PipelineSection key={pipeline.id} pipeline={pipeline} writes={writes} canEdit={canEdit} />
      ))}
      {canEdit ? (
        <div className="mt-8">
          {several ? (
            <Button variant="outline" onClick={() => setAdding(true)}>
              <Plus aria-hidden /> New pipeline
            </Button>
          ) : (
            <TierHint feature="pipelines_several" />
          )}
        </div>
      ) : null}
      {putAway.length > 0 ? (
        <SettingsSection
          title="Archived"
          description="Their cards are out of sight, and come back with them."
        >
          <ul className="divide-y rounded-lg border">
            {putAway.map((pipeline) => (
              <li key={pipeline.id} className="flex min-h-10 items-center gap-3 px-3 text-sm">
                <span className="flex-1 truncate">{pipeline.name}</span>
                <span className="text-muted-foreground tabular-nums">
                  {formatCount(cardsOf(pipeline), 'card')}
                </span>
                {canEdit ? (
                  <Button
                    variant="ghost"
                    size="sm"
                    onClick={() =>
                      void writes.attempt('The pipeline is still archived', () =>
                        writes.call('PATCH', `/${pipeline.id}`, { archived: false }),
                      )
                    }
                  >
                    <ArchiveRestore aria-hidden /> Bring back
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </SettingsSection>
      ) : null}
      {adding ? <NewPipeline writes={writes} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function PipelineSection({
  pipeline,
  writes,
  canEdit,
}: {
  pipeline: Pipeline;
  writes: PipelineWrites;
  canEdit: boolean;
}) {
  const [archiving, setArchiving] = useState(false);
  const { id, name, is_default: isDefault } = pipeline;
  const targets = pipeline.stages.filter(({ result }) => result !== 'lost');
  const archive = async () => {
    await writes.call('PATCH', `/${id}`, { archived: true });
    notify.success(`“${name}” was archived`, {
      action: {
        label: 'Undo',
        onClick: () =>
          void writes.attempt('Not undone', () => writes.call('PATCH', `/${id}`, { archived: false })),
      },
    });
  };
  return (
    <section aria-label={name} className="max-w-3xl not-first:mt-10">
      <div className="mb-2 flex items-center gap-2">
        <h2 className="min-w-0 font-semibold text-lg">
          {canEdit ? (
            <InlineText
              label="Name of the pipeline"
              value={name}
              validate={(next) => (next ? null : 'Enter a name')}
              onSave={(next) => writes.call('PATCH', `/${id}`, { name: next })}
            />
          ) : (
            name
          )}
        </h2>
        {isDefault ? <Badge>Default</Badge> : null}
        <span className="text-muted-foreground text-sm tabular-nums">
          {formatCount(cardsOf(pipeline), 'card')}
        </span>
        {canEdit && !isDefault ? (
          <Menu
            className="relative ml-auto inline-flex"
            label="More"
            align="end"
            items={() => [
              {
                label: 'Make it the default',
                icon: Star,
                onSelect: () =>
                  void writes.attempt('The default pipeline was not changed', () =>
                    writes.call('PATCH', `/${id}`, { is_default: true }),
                  ),
              },
              'separator',
              { label: 'Archive', icon: Archive, destructive: true, onSelect: () => setArchiving(true) },
            ]}
            trigger={(props) => (
              <Button variant="ghost" size="icon-sm" aria-label={`More actions for ${name}`} {...props}>
                <Ellipsis aria-hidden className="text-muted-foreground" />
              </Button>
            )}
          />
        ) : null}
      </div>
      <StageList pipeline={pipeline} writes={writes} canEdit={canEdit} />
      <div className="mt-2 flex items-center gap-2 text-sm">
        <span className="text-muted-foreground">By its score a card moves to</span>
        {canEdit ? (
          <InlineSelect
            label="Where a card moves by its score"
            value={pipeline.approve_stage_id ?? ''}
            options={[
              { value: '', label: 'no stage' },
              ...targets.map((stage) => ({ value: stage.id, label: stage.name })),
            ]}
            onSave={(stage) => writes.call('PATCH', `/${id}`, { approve_stage_id: stage || null })}
          />
        ) : (
          <span>{targets.find((stage) => stage.id === pipeline.approve_stage_id)?.name ?? 'no stage'}</span>
        )}
      </div>
      <ConfirmDialog
        open={archiving}
        onOpenChange={setArchiving}
        title={`Archive “${name}”?`}
        description={`It leaves the board with ${formatCount(cardsOf(pipeline), 'card')}. Bringing it back brings them back, where they stood.`}
        confirmLabel="Archive"
        destructive
        onConfirm={archive}
      />
    </section>
  );
}

function NewPipeline({ writes, onClose }: { writes: PipelineWrites; onClose: () => void }) {
  const [error, setError] = useState<string | undefined>();
  const [pending, setPending] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    setPending(true);
    try {
      await writes.call('POST', '', { name });
      onClose();
    } catch (cause) {
      setError(cause instanceof ApiError ? (cause.fields.name ?? cause.message) : messageOf(cause));
      setPending(false);
    }
  }
  return (
    <FormDialog
      title="New pipeline"
      description="It starts with the stages of a verification. Change them as you like."
      submitLabel="Create"
      pending={pending}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      <Field label="Name" error={error}>
        {(control) => (
          <Input {...control} name="name" autoComplete="off" maxLength={80} placeholder="Master leases" />
        )}
      </Field>
    </FormDialog>
  );
}
