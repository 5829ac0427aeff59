'use client';

import { ListTree, Mail, Network, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useId, useState } from 'react';
import { useMediaQuery } from '@/components/data-table/use-media-query';
import { EmptyState } from '@/components/empty-state';
import { SidePanel } from '@/components/side-panel';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { Skeleton } from '@/components/ui/skeleton';
import { checkGraph } from '../domain';
import type { Picked } from './draft-types';
import { EdgePanel } from './edge-panel';
import { addStep } from './graph';
import { GraphList } from './graph-list';
import { StepPanel } from './step-panel';
import type { Draft } from './use-draft';

const GraphDrawing = dynamic(() => import('./graph-drawing').then((module) => module.GraphDrawing), {
  ssr: false,
  loading: () => <Skeleton className="m-6 h-16 w-58" />,
});

const NARROW = '(max-width: 1023px)';

/** The first step of the editor: the e-mails, the ways between them, and the one that is picked beside them. */
export function DesignStep({ draft }: { draft: Draft }) {
  const { graph, setGraph, format } = draft;
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const formatId = useId();
  const [isDrawn, setIsDrawn] = useState(true);
  const [chosen, setChosen] = useState<Picked | null>(null);
  // on a wide screen something always stands beside the drawing
  const picked: Picked | null =
    chosen ?? (isNarrow || !graph.entry_step_id ? null : { kind: 'step', id: graph.entry_step_id });
  const step = picked?.kind === 'step' ? graph.steps.find(({ id }) => id === picked.id) : undefined;
  const edge = picked?.kind === 'edge' ? graph.edges.find(({ id }) => id === picked.id) : undefined;
  const general = checkGraph(graph).filter(({ steps }) => steps.length === 0);

  function addFirst() {
    const next = addStep(graph, null);
    setGraph(next.graph);
    setChosen({ kind: 'step', id: next.id });
  }
  const panel = step ? (
    <StepPanel
      key={step.id}
      graph={graph}
      step={step}
      format={format}
      onChange={setGraph}
      onPick={setChosen}
    />
  ) : edge ? (
    <EdgePanel
      graph={graph}
      edge={edge}
      onChange={setGraph}
      onRemoved={() => setChosen({ kind: 'step', id: edge.from })}
    />
  ) : null;

  if (graph.steps.length === 0) {
    return (
      <EmptyState
        icon={Mail}
        title="No e-mail yet"
        description="A campaign begins with one e-mail. Others can follow it where no reply came."
        action={
          <Button onClick={addFirst}>
            <Plus aria-hidden /> Write the first e-mail
          </Button>
        }
      />
    );
  }
  const showsDrawing = isDrawn && !isNarrow;
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex items-center gap-2 px-6 py-2 max-md:px-4">
          <label htmlFor={formatId} className="text-muted-foreground text-sm">
            Format
          </label>
          <NativeSelect
            id={formatId}
            className="w-32"
            value={format}
            onChange={({ target }) => draft.setFormat(target.value === 'html' ? 'html' : 'text')}
          >
            <option value="text">Plain text</option>
            <option value="html">HTML</option>
          </NativeSelect>
          {isNarrow ? null : (
            <Button
              variant="ghost"
              size="sm"
              className="ml-auto text-muted-foreground"
              aria-pressed={!isDrawn}
              onClick={() => setIsDrawn((before) => !before)}
            >
              {isDrawn ? <ListTree aria-hidden /> : <Network aria-hidden />}
              {isDrawn ? 'Show as a list' : 'Show as a drawing'}
            </Button>
          )}
        </div>
        {general.map(({ code, message }) => (
          <p key={code} role="alert" className="px-6 pb-2 text-destructive-text text-sm max-md:px-4">
            {message}
          </p>
        ))}
        {showsDrawing ? (
          <div className="min-h-0 flex-1">
            <GraphDrawing graph={graph} picked={picked} onPick={setChosen} />
          </div>
        ) : (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <GraphList graph={graph} picked={picked} onPick={setChosen} />
          </div>
        )}
      </div>
      {panel && !isNarrow ? (
        <aside
          aria-label="What is picked"
          className="w-[min(520px,45%)] shrink-0 overflow-y-auto border-l bg-card"
        >
          {panel}
        </aside>
      ) : null}
      {panel && isNarrow ? (
        <SidePanel
          label={step?.name ?? 'Way to the next e-mail'}
          title={step?.name ?? 'Way to the next e-mail'}
          onClose={() => setChosen(null)}
        >
          {panel}
        </SidePanel>
      ) : null}
    </div>
  );
}
