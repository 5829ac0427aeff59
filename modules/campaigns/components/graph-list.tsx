'use client';

import { CornerDownRight, Mail, TriangleAlert } from 'lucide-react';
import { cn } from '@/lib/utils';
import type { DraftGraph, Picked } from './draft-types';
import { edgesFrom, edgeWords, graphRefusals, readingOrder } from './graph';

/** The same graph as a list, from the first step down: what a phone, the keyboard and a screen reader read. */
export function GraphList({
  graph,
  picked,
  onPick,
}: {
  graph: DraftGraph;
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}) {
  const refusals = graphRefusals(graph);
  const names = new Map(graph.steps.map(({ id, name }) => [id, name]));
  return (
    <ol aria-label="Steps of the campaign" className="grid gap-2 p-4">
      {readingOrder(graph).map((step, index) => {
        const refusal = refusals.get(step.id);
        return (
          <li key={step.id} className="rounded-lg border bg-card">
            <button
              type="button"
              aria-pressed={picked?.id === step.id}
              onClick={() => onPick({ kind: 'step', id: step.id })}
              className={cn(
                'focus-inset flex min-h-12 w-full items-start gap-2 rounded-lg px-3 py-2 text-left hover:bg-accent',
                picked?.id === step.id && 'bg-selected hover:bg-selected',
              )}
            >
              <Mail aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-sm">
                  {index + 1}. {step.name}
                </span>
                <span className="block truncate text-muted-foreground text-xs">
                  {step.subjects.filter((subject) => subject.trim() !== '').join(' / ') ||
                    (step.id === graph.entry_step_id ? 'No subject yet' : 'Answers in the thread')}
                </span>
              </span>
            </button>
            {refusal ? (
              <p className="flex gap-1.5 px-3 pb-2 text-destructive-text text-xs">
                <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
                {refusal}
              </p>
            ) : null}
            {edgesFrom(graph, step.id).length > 0 ? (
              <ul aria-label={`What follows ${step.name}`} className="border-t p-1">
                {edgesFrom(graph, step.id).map((edge) => (
                  <li key={edge.id}>
                    <button
                      type="button"
                      aria-pressed={picked?.id === edge.id}
                      onClick={() => onPick({ kind: 'edge', id: edge.id })}
                      className={cn(
                        'focus-inset flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-muted-foreground text-xs hover:bg-accent max-md:min-h-10',
                        picked?.id === edge.id && 'bg-selected text-foreground',
                      )}
                    >
                      <CornerDownRight aria-hidden className="size-3.5 shrink-0" />
                      <span className="truncate">
                        {edgeWords(edge)}: {names.get(edge.to)}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
