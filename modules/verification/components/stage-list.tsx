'use client';

import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical, Plus, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { InlineSelect, InlineText } from '@/components/inline-edit';
import { TierHint, useFeature } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/format';
import { cn } from '@/lib/utils';
import type { Pipeline, StageResult } from '../domain';
import type { PipelineWrites } from './use-pipelines';

const StageDialogs = dynamic(() => import('./stage-dialogs').then((module) => module.StageDialogs), {
  ssr: false,
});

/** What standing in a stage means, in words. */
export const resultWords: Readonly<Record<StageResult, string>> = { open: 'Open', won: 'Won', lost: 'Lost' };
const results = Object.entries(resultWords).map(([value, label]) => ({ value, label }));

type Stage = Pipeline['stages'][number];

/** The stages of a pipeline in their order: carried by pointer or by keys, renamed and limited where they stand. */
export function StageList({
  pipeline,
  writes,
  canEdit,
}: {
  pipeline: Pipeline;
  writes: PipelineWrites;
  canEdit: boolean;
}) {
  const hasOwnStages = useFeature('stages_own');
  const [dialog, setDialog] = useState<{ kind: 'new' } | { kind: 'remove'; stage: Stage } | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const order = pipeline.stages.map(({ id }) => id);
  const nameOf = (id: string | number) => pipeline.stages.find((stage) => stage.id === id)?.name ?? '';

  function onDragEnd({ active, over }: DragEndEvent) {
    if (!over || active.id === over.id) return;
    const next = arrayMove(order, order.indexOf(String(active.id)), order.indexOf(String(over.id)));
    writes.showOrder(pipeline.id, next);
    void writes.attempt('The order was not changed', () =>
      writes.call('PUT', `/${pipeline.id}/stages`, { stages: next }),
    );
  }

  return (
    <>
      <div className="overflow-hidden rounded-lg border">
        <div
          aria-hidden
          className="grid grid-cols-[28px_minmax(0,1fr)_72px_104px_64px_36px] items-center gap-2 border-b bg-muted px-2 py-1.5 text-muted-foreground text-xs max-md:hidden"
        >
          <span />
          <span>Stage</span>
          <span>Means</span>
          <span>Time limit</span>
          <span className="text-right">Cards</span>
          <span />
        </div>
        <DndContext
          id={`stages-${pipeline.id}`}
          sensors={sensors}
          collisionDetection={closestCenter}
          onDragEnd={onDragEnd}
          accessibility={{
            screenReaderInstructions: {
              draggable:
                'Space picks the stage up, arrow keys carry it, Space puts it down, Escape puts it back.',
            },
            announcements: {
              onDragStart: ({ active }) => `Picked up ${nameOf(active.id)}`,
              onDragOver: ({ over }) =>
                over ? `Place ${order.indexOf(String(over.id)) + 1} of ${order.length}` : undefined,
              onDragEnd: ({ active, over }) =>
                over ? `${nameOf(active.id)} is number ${order.indexOf(String(over.id)) + 1} now` : undefined,
              onDragCancel: ({ active }) => `${nameOf(active.id)} is back in its place`,
            },
          }}
        >
          <SortableContext items={order} strategy={verticalListSortingStrategy}>
            <ul className="divide-y">
              {pipeline.stages.map((stage) => (
                <StageRow
                  key={stage.id}
                  stage={stage}
                  path={`/${pipeline.id}/stages/${stage.id}`}
                  writes={writes}
                  canEdit={canEdit}
                  onRemove={hasOwnStages ? () => setDialog({ kind: 'remove', stage }) : null}
                />
              ))}
            </ul>
          </SortableContext>
        </DndContext>
      </div>
      {canEdit ? (
        <div className="mt-2">
          {hasOwnStages ? (
            <Button variant="ghost" size="sm" className="-ml-2" onClick={() => setDialog({ kind: 'new' })}>
              <Plus aria-hidden /> Add a stage
            </Button>
          ) : (
            <TierHint feature="stages_own" />
          )}
        </div>
      ) : null}
      {dialog ? (
        <StageDialogs
          pipeline={pipeline}
          writes={writes}
          removing={dialog.kind === 'remove' ? dialog.stage : null}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </>
  );
}

function StageRow({
  stage,
  path,
  writes,
  canEdit,
  onRemove,
}: {
  stage: Stage;
  path: string;
  writes: PipelineWrites;
  canEdit: boolean;
  onRemove: (() => void) | null;
}) {
  const hasLimits = useFeature('stage_sla');
  const hasOwnStages = useFeature('stages_own');
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } =
    useSortable({
      id: stage.id,
      disabled: !canEdit,
    });
  const limit = stage.sla_days === null ? 'None' : formatCount(stage.sla_days, 'day');
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cn(
        'grid min-h-10 grid-cols-[28px_minmax(0,1fr)_72px_104px_64px_36px] items-center gap-2 bg-card px-2 text-sm max-md:grid-cols-[36px_minmax(0,1fr)_72px_40px] max-md:py-1',
        isDragging && 'relative z-10 shadow-float',
      )}
    >
      {canEdit ? (
        <button
          ref={setActivatorNodeRef}
          type="button"
          className="inline-flex size-7 cursor-grab touch-none items-center justify-center rounded-sm text-muted-foreground hover:bg-accent max-md:size-9"
          {...attributes}
          {...listeners}
          aria-label={`Move ${stage.name}`}
        >
          <GripVertical aria-hidden className="size-4" />
        </button>
      ) : (
        <span />
      )}
      {canEdit ? (
        <InlineText
          label="Name of the stage"
          value={stage.name}
          validate={(next) => (next ? null : 'Enter a name')}
          onSave={(name) => writes.call('PATCH', path, { name })}
        />
      ) : (
        <span className="truncate">{stage.name}</span>
      )}
      {canEdit && hasOwnStages ? (
        <InlineSelect
          label={`What ${stage.name} means`}
          value={stage.result}
          options={results}
          onSave={(result) => writes.call('PATCH', path, { result })}
        />
      ) : (
        <span className="text-muted-foreground">{resultWords[stage.result]}</span>
      )}
      <div className="max-md:order-last max-md:col-start-2">
        {stage.result !== 'open' ? null : canEdit && hasLimits ? (
          <InlineText
            label={`Time limit of ${stage.name}, in days`}
            value={stage.sla_days === null ? '' : String(stage.sla_days)}
            placeholder="None"
            display={() => limit}
            validate={(next) =>
              next === '' || (/^\d+$/.test(next) && Number(next) >= 1 && Number(next) <= 365)
                ? null
                : 'Days, 1 to 365'
            }
            onSave={(days) => writes.call('PATCH', path, { sla_days: days === '' ? null : Number(days) })}
          />
        ) : (
          <span className="text-muted-foreground">{hasLimits ? limit : 'Premium'}</span>
        )}
      </div>
      <span className="text-right text-muted-foreground tabular-nums max-md:hidden">
        {stage.cards}
        <span className="sr-only">{stage.cards === 1 ? ' card' : ' cards'}</span>
      </span>
      {canEdit && onRemove ? (
        <Button variant="ghost" size="icon-sm" aria-label={`Remove ${stage.name}`} onClick={onRemove}>
          <Trash2 aria-hidden className="text-muted-foreground" />
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}
