import { env } from '@/lib/env';
import { sparkpostProblem } from '@/lib/providers/sparkpost';
import { type Feature, featureRefusal, hasFeature } from '@/lib/tiers';
import type { Problem } from './answers';
import { checkGraph, recipientsLimit } from './domain';
import type { FieldGap, PreviewData } from './queries';
import { inspectStep, renderStep } from './render';
import type { Snapshot } from './schema';

/** How many of the recipients who lack a field are named. */
const namedRecipients = 20;

/** The copy of a draft, whatever it lacks: enough for looking at its mails. */
export function drawnSnapshot({ snapshot }: Pick<PreviewData, 'snapshot'>): Snapshot {
  return {
    ...snapshot,
    entryStepId: snapshot.entryStepId ?? snapshot.steps[0]?.id ?? '',
    sender: snapshot.sender ?? {
      id: '',
      name: '',
      localPart: '',
      replyTo: null,
      mailboxId: null,
      mailboxAddress: null,
      signature: '',
      postalAddress: '',
    },
  };
}

/** The fields that any of a campaign's mails names: a recipient who has them all lacks nothing. */
export function fieldsToCheck({ snapshot }: Pick<PreviewData, 'snapshot'>): string[] {
  return [...new Set(snapshot.steps.flatMap((step) => inspectStep(step).used))];
}

/**
 * All that forbids a launch, the most fundamental first; empty where nothing does.
 * @param gaps the recipients who lack one of `fieldsToCheck`; whether their mails need it is found by writing them
 */
export function problemsOf(data: PreviewData, gaps: readonly FieldGap[]): Problem[] {
  if (data.status !== 'draft') {
    return [{ code: 'not_draft', message: 'This campaign was launched already', steps: [] }];
  }
  return [
    ...graphProblems(data),
    ...data.snapshot.steps.flatMap((step) => stepProblems(data, step)),
    ...senderProblems(data),
    ...recipientProblems(data),
    ...fieldProblems(data, gaps),
    ...tierProblems(data),
  ];
}

function graphProblems({ snapshot }: PreviewData): Problem[] {
  return checkGraph({
    entry_step_id: snapshot.entryStepId,
    steps: snapshot.steps,
    edges: snapshot.steps.flatMap((step) => step.edges.map((edge) => ({ ...edge, from: step.id }))),
  });
}

function stepProblems({ snapshot }: PreviewData, step: Snapshot['steps'][number]): Problem[] {
  const problems: Problem[] = [];
  const steps = [step.id];
  if (step.sections.every((section) => section.content.replace(/<[^>]*>|&nbsp;/g, '').trim() === '')) {
    problems.push({ code: 'empty_step', message: `“${step.name}” has no text yet`, steps });
  }
  const isFirst = step.id === snapshot.entryStepId;
  if (isFirst && step.subjects.some((subject) => subject.trim() === '')) {
    problems.push({
      code: 'no_subject',
      message: `“${step.name}” is the first e-mail and needs a subject`,
      steps,
    });
  }
  const { unknown, errors } = inspectStep(step);
  for (const message of errors) {
    problems.push({ code: 'bad_template', message: `“${step.name}” can’t be read: ${message}`, steps });
  }
  if (unknown.length > 0) {
    const names = unknown.map((name) => `{{ ${name} }}`).join(', ');
    problems.push({
      code: 'bad_template',
      message: `“${step.name}” names what no recipient has: ${names}`,
      steps,
    });
  }
  if (step.sections.some((section) => section.kind === 'ai') && !env().GROQ_API_KEY) {
    const message = `“${step.name}” has a section that a model writes, and no model is set up`;
    problems.push({ code: 'ai_unset', message, steps, settings: ['GROQ_API_KEY'] });
  }
  return problems;
}

function senderProblems({ snapshot, sender_is_archived, domains }: PreviewData): Problem[] {
  const problems: Problem[] = [];
  if (!snapshot.sender) {
    problems.push({ code: 'no_sender', message: 'Say whom the e-mails are from', steps: [] });
  } else if (sender_is_archived) {
    problems.push({ code: 'no_sender', message: 'The sender was archived: choose another', steps: [] });
  }
  if (domains.length === 0) {
    problems.push({
      code: 'no_domain',
      message: 'There is no domain to send from that is in use',
      steps: [],
    });
  }
  const unset = sparkpostProblem();
  if (unset)
    problems.push({ code: 'provider_unset', message: unset, steps: [], settings: ['SPARKPOST_API_KEY'] });
  return problems;
}

function recipientProblems({ recipients }: PreviewData): Problem[] {
  if (recipients === 0) return [{ code: 'no_recipients', message: 'Nobody was chosen yet', steps: [] }];
  if (recipients <= recipientsLimit) return [];
  const message = `These are more than ${recipientsLimit.toLocaleString('en-US')} recipients`;
  return [{ code: 'too_many_recipients', message, steps: [], count: recipients }];
}

function fieldProblems(data: PreviewData, gaps: readonly FieldGap[]): Problem[] {
  const snapshot = drawnSnapshot(data);
  // what can't be read was said above; an unknown field is nobody's gap
  const steps = snapshot.steps.filter((step) => {
    const { unknown, errors } = inspectStep(step);
    return errors.length === 0 && unknown.length === 0;
  });
  return steps.flatMap((step): Problem[] => {
    const lacking: NonNullable<Problem['recipients']> = [];
    const names = new Set<string>();
    let count = 0;
    for (const { id, name, fields } of gaps) {
      const missing = new Set(
        step.subjects.flatMap((_, variant) => renderStep(snapshot, step.id, fields, { variant }).missing),
      );
      if (missing.size === 0) continue;
      count += 1;
      for (const each of missing) names.add(each);
      if (lacking.length < namedRecipients) lacking.push({ id, name, fields: [...missing] });
    }
    if (count === 0) return [];
    const who = count === 1 ? '1 recipient has' : `${count.toLocaleString('en-US')} recipients have`;
    const message = `“${step.name}”: ${who} no value for ${[...names].join(', ')}, and there is no fallback`;
    return [{ code: 'missing_fields', message, steps: [step.id], count, recipients: lacking }];
  });
}

function tierProblems({ tier, snapshot }: PreviewData): Problem[] {
  const needed: Feature[] = [
    'campaigns',
    ...(snapshot.steps.length > 1 ? (['campaign_sequences'] as const) : []),
    ...(snapshot.steps.some((step) => step.subjects.length > 1) ? (['ab_subjects'] as const) : []),
  ];
  return needed
    .filter((feature) => !hasFeature(tier, feature))
    .map((feature) => ({ code: 'tier', message: featureRefusal(feature), steps: [], feature }));
}
