/**
 * The words of a campaign and the rules of its graph of mails. Pure, small and without zod: the editor's first load has it.
 */

export const campaignStatuses = [
  'draft',
  'staged',
  'scheduled',
  'sending',
  'completed',
  'paused',
  'cancelled',
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];
export const campaignStatusWords: Record<CampaignStatus, string> = {
  draft: 'Draft',
  staged: 'In review',
  scheduled: 'Scheduled',
  sending: 'Sending',
  completed: 'Completed',
  paused: 'Paused',
  cancelled: 'Cancelled',
};

export const formats = ['text', 'html'] as const;

export const exitConditions = ['reply', 'unsubscribe', 'bounce', 'complaint'] as const;
export const stopScopes = ['person', 'owner', 'property'] as const;
export type StopScope = (typeof stopScopes)[number];
export const stopScopeWords: Record<StopScope, string> = {
  person: 'The person who replied',
  owner: 'Everybody of the same owner',
  property: 'Everybody of the same property',
};
export const zonesOf = ['campaign', 'recipient'] as const;

export const recipientStatuses = ['selected', 'staged', 'active', 'done'] as const;
export type RecipientStatus = (typeof recipientStatuses)[number];
export const recipientStatusWords: Record<RecipientStatus, string> = {
  selected: 'Chosen',
  staged: 'In review',
  active: 'Under way',
  done: 'Done',
};
export const exitReasons = [
  'completed',
  'replied',
  'answered',
  'unsubscribed',
  'bounced',
  'complained',
  'manual',
  'suppressed',
  'do_not_contact',
  'cancelled',
  'failed',
] as const;
export type ExitReason = (typeof exitReasons)[number];
export const exitReasonWords: Record<ExitReason, string> = {
  completed: 'Got every e-mail',
  replied: 'Replied',
  answered: 'Answered a call or a text',
  unsubscribed: 'Unsubscribed',
  bounced: 'The address bounced',
  complained: 'Marked it as spam',
  manual: 'Taken out by hand',
  suppressed: 'The address is suppressed',
  do_not_contact: 'Not to be contacted',
  cancelled: 'The campaign was cancelled',
  failed: 'The e-mail could not be sent',
};

export const queueStatuses = [
  'staged',
  'queued',
  'sending',
  'sent',
  'failed',
  'unknown',
  'cancelled',
] as const;
export type QueueStatus = (typeof queueStatuses)[number];
export const queueStatusWords: Record<QueueStatus, string> = {
  staged: 'In review',
  queued: 'Queued',
  sending: 'Being sent',
  sent: 'Sent',
  failed: 'Failed',
  unknown: 'Not known whether it went',
  cancelled: 'Not sent',
};

/** Why somebody who was chosen is not a recipient; `ready`: nothing stands in the way any more. */
export const leftOutReasons = [
  'no_email',
  'suppressed',
  'do_not_contact',
  'address_taken',
  'other_campaign',
  'already_in',
  'ready',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];
export const leftOutWords: Record<LeftOutReason, string> = {
  no_email: 'No e-mail address',
  suppressed: 'Every address is suppressed',
  do_not_contact: 'Not to be contacted',
  address_taken: 'Their address is in this campaign through somebody else',
  other_campaign: 'In another campaign that is running',
  already_in: 'In this campaign already',
  ready: 'Could be added now',
};

export const conditions = ['no_reply', 'opened', 'clicked', 'replied', 'always'] as const;
export type Condition = (typeof conditions)[number];
export const conditionWords: Record<Condition, string> = {
  no_reply: 'If no reply came',
  opened: 'If it was opened',
  clicked: 'If a link was clicked',
  replied: 'If a reply came',
  always: 'In any case',
};

/** What a mail can say of its recipient, with what the fields are called. The database fills them: `merge_fields`. */
export const mergeFieldWords = {
  first_name: 'First name',
  last_name: 'Last name',
  full_name: 'Full name',
  title: 'Title',
  company: 'Company',
  city: 'City',
  state: 'State',
  email: 'E-mail',
  property_name: 'Property',
  property_address: 'Property address',
  property_city: 'Property city',
  market: 'Market',
  units: 'Units',
  owner_name: 'Owner',
  sender_name: 'Sender',
} as const;
export type MergeField = keyof typeof mergeFieldWords;
export const mergeFields = Object.keys(mergeFieldWords) as MergeField[];

/** How many mails a sequence may have, and how many people a campaign. */
export const stepsLimit = 20;
export const edgesLimit = 60;
export const recipientsLimit = 25_000;

export type Delay = { days: number; hours: number; minutes: number };

/** A delay in minutes. */
export const delayMinutes = ({ days, hours, minutes }: Delay): number => (days * 24 + hours) * 60 + minutes;

/** A delay in words: "at once", "after 3 days", "after 1 day, 2 hours and 30 minutes". */
export function delayWords({ days, hours, minutes }: Delay): string {
  const parts = [
    [days, 'day'],
    [hours, 'hour'],
    [minutes, 'minute'],
  ].flatMap(([count, unit]) => (count ? [`${count} ${unit}${count === 1 ? '' : 's'}`] : []));
  if (parts.length === 0) return 'at once';
  const last = parts.pop();
  return `after ${parts.length > 0 ? `${parts.join(', ')} and ${last}` : last}`;
}

/** As much of a graph as its checks need: the editor's nodes, a draft's steps and a launch's copy all have it. */
export type Graph = {
  entry_step_id: string | null;
  steps: readonly { id: string; name: string }[];
  edges: readonly (Delay & { from: string; to: string })[];
};

export type GraphProblem = {
  code: 'no_steps' | 'no_entry' | 'unknown_step' | 'unreachable_step' | 'cycle_without_delay';
  message: string;
  /** The steps it is about. */
  steps: string[];
};

/**
 * What is wrong with a graph of mails: no mail at all, no first one, an edge that leads nowhere, a mail that nobody
 * reaches, a cycle that costs no time and so would send for ever. Empty: it is sound.
 */
export function checkGraph(graph: Graph): GraphProblem[] {
  if (graph.steps.length === 0) {
    return [{ code: 'no_steps', message: 'The campaign has no e-mail yet', steps: [] }];
  }
  const names = new Map(graph.steps.map((step) => [step.id, step.name]));
  const problems: GraphProblem[] = [];
  const lost = graph.edges.filter((edge) => !names.has(edge.from) || !names.has(edge.to));
  for (const edge of lost) {
    const known = names.has(edge.from) ? edge.from : edge.to;
    problems.push({
      code: 'unknown_step',
      message: `A way of “${names.get(known) ?? 'a removed e-mail'}” leads to or from an e-mail that isn’t there`,
      steps: names.has(known) ? [known] : [],
    });
  }
  const edges = graph.edges.filter((edge) => !lost.includes(edge));
  if (!graph.entry_step_id || !names.has(graph.entry_step_id)) {
    problems.push({ code: 'no_entry', message: 'Say which e-mail is the first', steps: [] });
  } else {
    const reached = reachable(graph.entry_step_id, edges);
    for (const step of graph.steps) {
      if (reached.has(step.id)) continue;
      problems.push({
        code: 'unreachable_step',
        message: `Nobody ever gets “${step.name}”: no way leads to it`,
        steps: [step.id],
      });
    }
  }
  const cycle = findCycle(
    graph.steps.map((step) => step.id),
    edges.filter((edge) => delayMinutes(edge) === 0),
  );
  if (cycle) {
    const way = [...cycle, cycle[0] as string].map((id) => `“${names.get(id)}”`).join(' → ');
    problems.push({
      code: 'cycle_without_delay',
      message: `${way} goes round without any delay and would send for ever`,
      steps: cycle,
    });
  }
  return problems;
}

type Way = { from: string; to: string };

function waysOf(edges: readonly Way[]): Map<string, string[]> {
  const ways = new Map<string, string[]>();
  for (const { from, to } of edges) ways.set(from, [...(ways.get(from) ?? []), to]);
  return ways;
}

/** The steps that can be come to from one, itself among them. */
export function reachable(entry: string, edges: readonly Way[]): Set<string> {
  const ways = waysOf(edges);
  const reached = new Set([entry]);
  const open = [entry];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of ways.get(at) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}

/** The steps of one cycle in their order, or null. */
function findCycle(steps: readonly string[], edges: readonly Way[]): string[] | null {
  const ways = waysOf(edges);
  const finished = new Set<string>();
  for (const start of steps) {
    if (finished.has(start)) continue;
    // a walk without recursion: the path so far, and of each of its steps the ways not gone yet
    const path = [start];
    const open = [[...(ways.get(start) ?? [])]];
    while (path.length > 0) {
      const next = open.at(-1)?.pop();
      if (next === undefined) {
        finished.add(path.pop() as string);
        open.pop();
      } else if (path.includes(next)) {
        return path.slice(path.indexOf(next));
      } else if (!finished.has(next)) {
        path.push(next);
        open.push([...(ways.get(next) ?? [])]);
      }
    }
  }
  return null;
}
