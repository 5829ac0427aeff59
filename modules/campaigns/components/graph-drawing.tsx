'use client';

import dagre from '@dagrejs/dagre';
import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  type Edge as FlowEdge,
  type Node as FlowNode,
  Handle,
  MarkerType,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { Mail, TriangleAlert } from 'lucide-react';
import { createContext, use, useMemo } from 'react';
import { cn } from '@/lib/utils';
import type { Step } from '../schema';
import type { DraftEdge, DraftGraph, Picked } from './draft-types';
import { edgeWords, graphRefusals, readingOrder } from './graph';

const NODE_WIDTH = 232;
const NODE_HEIGHT = 62;

type StepData = { step: Step; isEntry: boolean; refusal: string | null };
type Point = { x: number; y: number };
/** A way as the layout has drawn it, with the place of its label. */
type WayData = { edge: DraftEdge; points: Point[]; label: Point };
type StepNode = FlowNode<StepData, 'step'>;
type Way = FlowEdge<WayData, 'way'>;

const PickContext = createContext<{ picked: Picked | null; onPick: (picked: Picked) => void }>({
  picked: null,
  onPick: () => undefined,
});

function StepFace({ data: { step, isEntry, refusal } }: NodeProps<StepNode>) {
  const { picked, onPick } = use(PickContext);
  const isPicked = picked?.id === step.id;
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className="invisible" />
      <button
        type="button"
        aria-pressed={isPicked}
        onClick={() => onPick({ kind: 'step', id: step.id })}
        style={{ width: NODE_WIDTH, height: NODE_HEIGHT }}
        className={cn(
          'nodrag nopan flex flex-col justify-center gap-0.5 rounded-lg border bg-card px-3 text-left transition-colors duration-120 hover:border-control',
          isPicked && 'border-primary bg-selected hover:border-primary',
          refusal && 'border-destructive-text',
        )}
      >
        <span className="flex items-center gap-1.5 font-medium text-sm">
          {refusal ? (
            <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-destructive-text" />
          ) : (
            <Mail aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
          )}
          <span className="truncate">{step.name}</span>
          {isEntry ? <span className="ml-auto shrink-0 text-muted-foreground text-xs">Start</span> : null}
        </span>
        <span className="truncate text-muted-foreground text-xs">
          {step.subjects.find((subject) => subject.trim() !== '') ??
            (isEntry ? 'No subject yet' : 'Answers in the thread')}
        </span>
        {refusal ? <span className="sr-only">{refusal}</span> : null}
      </button>
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="invisible" />
    </>
  );
}

/** A line through the points of the layout, rounded at each of them. */
function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    // a curve ends half way to the next point, so that the line has no corner
    const end = index === rest.length - 2 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q ${point.x} ${point.y} ${end.x} ${end.y}`;
  });
  const start = `M ${first.x} ${first.y}`;
  return bends.length === 0 ? `${start} L ${last.x} ${last.y}` : [start, ...bends].join(' ');
}

function WayLine({ data, markerEnd }: EdgeProps<Way>) {
  const { picked, onPick } = use(PickContext);
  if (!data) return null;
  const isPicked = picked?.id === data.edge.id;
  return (
    <>
      <BaseEdge
        path={pathThrough(data.points)}
        markerEnd={markerEnd}
        style={{ stroke: isPicked ? 'var(--primary)' : 'var(--control)', strokeWidth: 1.25 }}
      />
      <EdgeLabelRenderer>
        <button
          type="button"
          aria-pressed={isPicked}
          onClick={() => onPick({ kind: 'edge', id: data.edge.id })}
          style={{
            transform: `translate(-50%, -50%) translate(${data.label.x}px, ${data.label.y}px)`,
            pointerEvents: 'all',
          }}
          className={cn(
            'nodrag nopan absolute whitespace-nowrap rounded-md border bg-background px-2 py-0.5 text-muted-foreground text-xs hover:border-control hover:text-foreground',
            isPicked && 'border-primary bg-selected text-foreground',
          )}
        >
          {edgeWords(data.edge)}
        </button>
      </EdgeLabelRenderer>
    </>
  );
}

const nodeTypes = { step: StepFace };
const edgeTypes = { way: WayLine };

/** What the layout says of a way: its points, and the middle of the room that was left for its label. */
function drawn(line: { points?: Point[]; x?: number; y?: number }): { points: Point[]; label: Point } {
  const points = line.points ?? [];
  const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
  return { points, label: { x: line.x ?? middle.x, y: line.y ?? middle.y } };
}

function laidOut(graph: DraftGraph): { nodes: StepNode[]; edges: Way[] } {
  const layout = new dagre.graphlib.Graph({ multigraph: true });
  layout.setGraph({ rankdir: 'TB', nodesep: 56, ranksep: 72, marginx: 24, marginy: 24 });
  layout.setDefaultEdgeLabel(() => ({}));
  const steps = readingOrder(graph);
  for (const { id } of steps) layout.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const edge of graph.edges)
    layout.setEdge(edge.from, edge.to, { width: 150, height: 24, labelpos: 'c' }, edge.id);
  dagre.layout(layout);
  const refusals = graphRefusals(graph);
  return {
    nodes: steps.map((step) => {
      const { x, y } = layout.node(step.id) as { x: number; y: number };
      return {
        id: step.id,
        type: 'step',
        position: { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 },
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        data: { step, isEntry: step.id === graph.entry_step_id, refusal: refusals.get(step.id) ?? null },
      };
    }),
    edges: graph.edges.map((edge) => ({
      id: edge.id,
      type: 'way',
      source: edge.from,
      target: edge.to,
      markerEnd: { type: MarkerType.ArrowClosed, color: 'var(--control)', width: 14, height: 14 },
      data: { edge, ...drawn(layout.edge({ v: edge.from, w: edge.to, name: edge.id })) },
    })),
  };
}

/** The steps drawn from top to bottom, with the ways between them; pressing one opens it. Load it with `next/dynamic`. */
export function GraphDrawing({
  graph,
  picked,
  onPick,
}: {
  graph: DraftGraph;
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}) {
  const { nodes, edges } = useMemo(() => laidOut(graph), [graph]);
  const pick = useMemo(() => ({ picked, onPick }), [picked, onPick]);
  return (
    <PickContext value={pick}>
      <ReactFlow<StepNode, Way>
        key={`${nodes.length}/${edges.length}`}
        aria-label="Steps of the campaign"
        className="[&_.react-flow\_\_attribution]:bg-transparent! [&_.react-flow\_\_attribution_a]:text-muted-foreground!"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.15 }}
        minZoom={0.3}
        maxZoom={1.25}
        nodesDraggable={false}
        nodesConnectable={false}
        // the buttons inside take the focus; a second stop around each would say the same again
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        zoomOnScroll={false}
        panOnScroll={false}
      />
    </PickContext>
  );
}
