'use client';

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { conditionWords } from '../domain';
import type { Step } from '../schema';
import type { DraftEdge, DraftGraph } from './draft-types';
import { changeEdge, conditionHelp, edgesFrom, moveEdge, readingOrder } from './graph';

const delays = [
  { key: 'days', label: 'Days', most: 365 },
  { key: 'hours', label: 'Hours', most: 23 },
  { key: 'minutes', label: 'Minutes', most: 59 },
] as const;

/** A way between two e-mails: how long after, on what condition, where to, and its place among its neighbours. */
export function EdgePanel({
  graph,
  edge,
  onChange,
  onRemoved,
}: {
  graph: DraftGraph;
  edge: DraftEdge;
  onChange: (graph: DraftGraph) => void;
  onRemoved: () => void;
}) {
  const siblings = edgesFrom(graph, edge.from);
  const place = siblings.indexOf(edge);
  const nameOf = (step: Step | undefined) => step?.name ?? 'A step that is gone';
  const from = graph.steps.find(({ id }) => id === edge.from);
  return (
    <section aria-labelledby="edge-title" className="grid content-start gap-4 p-4">
      <div>
        <h2 id="edge-title" className="font-semibold text-lg">
          After {nameOf(from)}
        </h2>
        <p className="text-muted-foreground text-sm">When the next e-mail follows, and for whom.</p>
      </div>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 font-medium text-sm">Wait</legend>
        <div className="grid grid-cols-3 gap-2">
          {delays.map(({ key, label, most }) => (
            <Field key={key} label={label}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  inputMode="numeric"
                  min={0}
                  max={most}
                  value={edge[key]}
                  onChange={({ target }) => {
                    const value = Math.trunc(Number(target.value));
                    if (value >= 0 && value <= most) onChange(changeEdge(graph, edge.id, { [key]: value }));
                  }}
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      <Field label="Condition" help={conditionHelp[edge.condition]}>
        {(control) => (
          <NativeSelect
            {...control}
            value={edge.condition}
            onChange={({ target }) =>
              onChange(changeEdge(graph, edge.id, { condition: target.value as DraftEdge['condition'] }))
            }
          >
            {Object.entries(conditionWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <Field label="Then send">
        {(control) => (
          <NativeSelect
            {...control}
            value={edge.to}
            onChange={({ target }) => onChange(changeEdge(graph, edge.id, { to: target.value }))}
          >
            {readingOrder(graph).map((step) => (
              <option key={step.id} value={step.id}>
                {step.name}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      {siblings.length > 1 ? (
        <div>
          <p className="text-muted-foreground text-sm">
            Way {place + 1} of {siblings.length}. The first whose time has come and whose condition holds is
            taken.
          </p>
          <div className="mt-2 flex gap-2">
            <Button
              variant="outline"
              size="sm"
              disabled={place === 0}
              onClick={() => onChange(moveEdge(graph, edge.id, -1))}
            >
              <ArrowUp aria-hidden /> Ask earlier
            </Button>
            <Button
              variant="outline"
              size="sm"
              disabled={place === siblings.length - 1}
              onClick={() => onChange(moveEdge(graph, edge.id, 1))}
            >
              <ArrowDown aria-hidden /> Ask later
            </Button>
          </div>
        </div>
      ) : null}
      <div>
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2 text-destructive-text"
          onClick={() => {
            onChange({ ...graph, edges: graph.edges.filter(({ id }) => id !== edge.id) });
            onRemoved();
          }}
        >
          <Trash2 aria-hidden /> Remove this way
        </Button>
      </div>
    </section>
  );
}
