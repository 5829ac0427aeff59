'use client';

import { CornerDownRight, Plus, Trash2, TriangleAlert, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { TierHint, useFeature } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { insertText } from '@/lib/insert-text';
import { stepsLimit } from '../domain';
import type { Step } from '../schema';
import type { DraftGraph, Picked } from './draft-types';
import { addStep, changeStep, edgesFrom, edgeWords, graphRefusals, newEdge, removeStep } from './graph';
import { MergeFieldPicker } from './merge-field-picker';
import { SectionsEditor } from './sections-editor';

/** One e-mail of the draft: its name, subject or subjects, text, and what follows it. */
export function StepPanel({
  graph,
  step,
  format,
  onChange,
  onPick,
}: {
  graph: DraftGraph;
  step: Step;
  format: 'text' | 'html';
  onChange: (graph: DraftGraph) => void;
  onPick: (picked: Picked | null) => void;
}) {
  const canFollowUp = useFeature('campaign_sequences');
  const [removing, setRemoving] = useState(false);
  const change = (given: Partial<Step>) => onChange(changeStep(graph, step.id, given));
  const isEntry = graph.entry_step_id === step.id;
  const refusal = graphRefusals(graph).get(step.id);
  const names = new Map(graph.steps.map(({ id, name }) => [id, name]));

  function follow() {
    const next = addStep(graph, step.id);
    onChange(next.graph);
    onPick({ kind: 'step', id: next.id });
  }
  function lead(to: string) {
    const edge = newEdge(step.id, to);
    onChange({ ...graph, edges: [...graph.edges, edge] });
    onPick({ kind: 'edge', id: edge.id });
  }
  return (
    <section aria-label={step.name} className="grid content-start gap-5 p-4">
      <div className="flex items-end gap-2">
        <Field
          label="Name of this e-mail"
          className="flex-1"
          error={step.name.trim() ? undefined : 'Needs a name'}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={step.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove ${step.name}`}
          disabled={graph.steps.length === 1}
          onClick={() => setRemoving(true)}
        >
          <Trash2 aria-hidden className="text-muted-foreground" />
        </Button>
      </div>
      {refusal ? (
        <p role="alert" className="flex items-start gap-1.5 text-destructive-text text-sm">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {refusal}
        </p>
      ) : null}
      <Subjects step={step} isEntry={isEntry} onChange={(subjects) => change({ subjects })} />
      <SectionsEditor
        sections={step.sections}
        format={format}
        onChange={(sections) => change({ sections })}
      />
      <section aria-labelledby="follows" className="grid gap-2 border-t pt-4">
        <h3 id="follows" className="font-medium text-sm">
          What follows
        </h3>
        {edgesFrom(graph, step.id).length === 0 ? (
          <p className="text-muted-foreground text-sm">Nothing: this is the last e-mail of its way.</p>
        ) : (
          <ul className="grid gap-1">
            {edgesFrom(graph, step.id).map((edge) => (
              <li key={edge.id}>
                <Button
                  variant="outline"
                  size="sm"
                  className="w-full justify-start"
                  onClick={() => onPick({ kind: 'edge', id: edge.id })}
                >
                  <CornerDownRight aria-hidden className="text-muted-foreground" />
                  <span className="truncate font-normal">
                    {edgeWords(edge)}: {names.get(edge.to)}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        )}
        {canFollowUp ? null : <TierHint feature="campaign_sequences" />}
        <div className="flex flex-wrap gap-2">
          <Button
            variant="outline"
            size="sm"
            disabled={!canFollowUp || graph.steps.length >= stepsLimit}
            onClick={follow}
          >
            <Plus aria-hidden /> Add a follow-up
          </Button>
          {canFollowUp && graph.steps.length > 1 ? (
            <Button
              variant="ghost"
              size="sm"
              onClick={() => lead(graph.steps.find(({ id }) => id !== step.id)?.id ?? step.id)}
            >
              <CornerDownRight aria-hidden /> Add a way to another e-mail
            </Button>
          ) : null}
        </div>
        {isEntry ? null : (
          <Button
            variant="link"
            size="sm"
            className="justify-self-start"
            onClick={() => onChange({ ...graph, entry_step_id: step.id })}
          >
            Start with this e-mail
          </Button>
        )}
      </section>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${step.name}?`}
        description="Its text goes with it. What led here leads on to the e-mail after it."
        confirmLabel="Remove"
        destructive
        onConfirm={() => {
          onPick(null);
          onChange(removeStep(graph, step.id));
        }}
      />
    </section>
  );
}

function Subjects({
  step,
  isEntry,
  onChange,
}: {
  step: Step;
  isEntry: boolean;
  onChange: (subjects: string[]) => void;
}) {
  const canCompare = useFeature('ab_subjects');
  const isTwo = step.subjects.length > 1;
  return (
    <div className="grid gap-3">
      {step.subjects.map((subject, index) => (
        <SubjectField
          // the two have their places and nothing else
          // biome-ignore lint/suspicious/noArrayIndexKey: a subject is known by its place alone
          key={index}
          label={isTwo ? `Subject ${index === 0 ? 'A' : 'B'}` : 'Subject'}
          help={
            isEntry || index > 0
              ? undefined
              : 'Left empty, it answers in the thread of the first e-mail: “Re: …”.'
          }
          value={subject}
          onChange={(value) => onChange(step.subjects.map((each, at) => (at === index ? value : each)))}
          onRemove={index === 1 ? () => onChange(step.subjects.slice(0, 1)) : undefined}
        />
      ))}
      {isTwo ? (
        <p className="text-muted-foreground text-xs">
          Half of the recipients get A, half B. The campaign’s page compares them.
        </p>
      ) : canCompare ? (
        <Button
          variant="link"
          size="sm"
          className="justify-self-start"
          onClick={() => onChange([...step.subjects, ''])}
        >
          Try a second subject
        </Button>
      ) : (
        <TierHint feature="ab_subjects" />
      )}
    </div>
  );
}

function SubjectField({
  label,
  help,
  value,
  onChange,
  onRemove,
}: {
  label: string;
  help?: string;
  value: string;
  onChange: (value: string) => void;
  onRemove?: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <Field label={label} help={help}>
      {(control) => (
        <div className="flex items-center gap-1">
          <Input
            {...control}
            ref={field}
            maxLength={300}
            autoComplete="off"
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
          <MergeFieldPicker
            into={label}
            onInsert={(text) => onChange(insertText(field.current, value, text))}
          />
          {onRemove ? (
            <Button variant="ghost" size="icon-sm" aria-label={`Remove ${label}`} onClick={onRemove}>
              <X aria-hidden className="text-muted-foreground" />
            </Button>
          ) : null}
        </div>
      )}
    </Field>
  );
}
