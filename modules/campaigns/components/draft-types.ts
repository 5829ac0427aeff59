import type { Edge, Step } from '../schema';

/** A way between two e-mails, with an id of the page's own: what is picked must be told apart from its neighbours. */
export type DraftEdge = Edge & { id: string };

/** The e-mails and the ways between them; ways that leave one step stand in the order they are asked. */
export type DraftGraph = { entry_step_id: string | null; steps: Step[]; edges: DraftEdge[] };

/** What the editor's panel is open for. */
export type Picked = { kind: 'step' | 'edge'; id: string };
