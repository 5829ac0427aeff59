/**
 * The draft's steps and the ways between them, as the editor holds them: reading order, words, and changes that leave
 * the graph whole. Pure.
 */

import { checkGraph, delayWords } from '../domain';
import type { Edge, Step } from '../schema';
import type { DraftEdge, DraftGraph } from './draft-types';

/** What a way waits for, short enough for its label in the drawing. */
const conditionLabels = {
  no_reply: 'no reply',
  opened: 'opened',
  clicked: 'clicked',
  replied: 'replied',
  always: 'in any case',
} as const satisfies Record<Edge['condition'], string>;

/** What each condition means, for its help line. */
export const conditionHelp = {
  no_reply: 'Goes on where no reply came by then.',
  opened: 'Goes on where the e-mail was opened. Some programs open every e-mail by themselves.',
  clicked: 'Goes on where a link in the e-mail was pressed.',
  replied: 'Goes on where a reply came. A campaign that ends at a reply never gets here.',
  always: 'Goes on, whatever happened.',
} as const satisfies Record<Edge['condition'], string>;

/** The whole label of a way: "After 3 days, no reply". */
export function edgeWords(edge: Edge): string {
  const words = `${delayWords(edge)}, ${conditionLabels[edge.condition]}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The ways out of a step, in the order they are asked. */
export const edgesFrom = (graph: DraftGraph, step: string) =>
  graph.edges.filter((edge) => edge.from === step);

/** Steps as one reads them: from the first along the ways, and those that nobody reaches at the end. */
export function readingOrder(graph: DraftGraph): Step[] {
  const order: string[] = [];
  const waiting = graph.entry_step_id ? [graph.entry_step_id] : [];
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    if (order.includes(step)) continue;
    order.push(step);
    for (const edge of edgesFrom(graph, step)) waiting.push(edge.to);
  }
  const place = ({ id }: Step) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...graph.steps].sort((a, b) => place(a) - place(b));
}

/**
 * Why a graph is refused, at the steps that are at fault; by the rules that the server asks too.
 * @returns sentences by step id; empty where nothing is wrong
 */
export function graphRefusals(graph: DraftGraph): ReadonlyMap<string, string> {
  const refusals = new Map<string, string>();
  for (const { message, steps } of checkGraph(graph)) {
    for (const step of steps) if (!refusals.has(step)) refusals.set(step, message);
  }
  return refusals;
}

/** A new way from one step to another: after three days, where no reply came. */
export function newEdge(from: string, to: string): DraftEdge {
  return { id: crypto.randomUUID(), from, to, days: 3, hours: 0, minutes: 0, condition: 'no_reply' };
}

/** Adds an e-mail after a step (null: as the first one), with the way to it. @returns the graph and the new step's id */
export function addStep(graph: DraftGraph, after: string | null): { graph: DraftGraph; id: string } {
  const id = crypto.randomUUID();
  const step: Step = {
    id,
    name: graph.steps.length === 0 ? 'First e-mail' : `Follow-up ${graph.steps.length}`,
    // a follow-up without a subject answers in the thread of the first mail
    subjects: [''],
    sections: [{ id: crypto.randomUUID(), kind: 'fixed', content: '' }],
  };
  return {
    id,
    graph: {
      entry_step_id: graph.entry_step_id ?? id,
      steps: [...graph.steps, step],
      edges: after === null ? graph.edges : [...graph.edges, newEdge(after, id)],
    },
  };
}

/** Takes a step out, with its ways; what led to it leads on to where its first way led. */
export function removeStep(graph: DraftGraph, id: string): DraftGraph {
  const next = edgesFrom(graph, id).find((edge) => edge.to !== id)?.to ?? null;
  const edges = graph.edges.flatMap((edge) => {
    if (edge.from === id) return [];
    if (edge.to !== id) return [edge];
    return next === null || next === edge.from ? [] : [{ ...edge, to: next }];
  });
  const steps = graph.steps.filter((step) => step.id !== id);
  return {
    entry_step_id: graph.entry_step_id === id ? (next ?? steps[0]?.id ?? null) : graph.entry_step_id,
    steps,
    edges,
  };
}

/** Changes one step. */
export const changeStep = (graph: DraftGraph, id: string, change: Partial<Step>): DraftGraph => ({
  ...graph,
  steps: graph.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
});

/** Changes one way. */
export const changeEdge = (graph: DraftGraph, id: string, change: Partial<Edge>): DraftGraph => ({
  ...graph,
  edges: graph.edges.map((edge) => (edge.id === id ? { ...edge, ...change } : edge)),
});

/** Moves a way one place up or down among those that leave the same step: the first that holds is taken. */
export function moveEdge(graph: DraftGraph, id: string, by: -1 | 1): DraftGraph {
  const edge = graph.edges.find((each) => each.id === id);
  if (!edge) return graph;
  const siblings = edgesFrom(graph, edge.from);
  const other = siblings[siblings.indexOf(edge) + by];
  if (!other) return graph;
  return {
    ...graph,
    edges: graph.edges.map((each) => (each === edge ? other : each === other ? edge : each)),
  };
}
