import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { twilioProblem } from '@/lib/providers/twilio';
import type { Json } from '@/lib/supabase/database.types';
import type { Fields } from '@/modules/campaigns/schema';
import { fieldsOf, TemplateError } from '@/modules/campaigns/template';
import type { Decision } from '@/modules/gate/domain';
import { reasonSentence } from '@/modules/gate/reasons';
import { peopleList } from '@/modules/people/domain';
import { readListState } from '@/modules/records/domain';
import { displayPhone, toSqlFilter } from '@/modules/records/queries';
import { requireId } from '@/modules/records/service';
import type { ViewState } from '@/modules/views/schema';
import type { BatchPreview, BatchRow, SentText, TextMessage, TextPreview } from './answers';
import { maxBodyLength, maxSegments, missingSentence, textFields, tooLongSentence } from './domain';
import { decideText, type TextFactsRow } from './facts';
import { type FilledText, fillText } from './fill';
import { getBatch } from './queries';
import type { ChosenPeople, CreateBatch, PreviewBatch, PreviewText, SendText } from './schema';

type Draft = {
  person_id: string | null;
  number_id: string | null;
  kept: TextMessage | null;
  fields: Fields;
  facts: TextFactsRow;
};

const atBody = (message: string) =>
  new AppError('invalid', { userMessage: `body: ${message}`, fields: { body: message } });

async function readDraft(
  ctx: Context,
  given: PreviewText & { id?: string; template_id?: string | null },
): Promise<Draft> {
  const draft = await ctx.supabase.rpc('text_draft', {
    workspace: ctx.workspaceId,
    phone: given.phone_id,
    ...(given.id && { text_id: given.id }),
    ...(given.person_id && { person: given.person_id }),
    ...(given.phone_number_id && { number: given.phone_number_id }),
    ...(given.template_id && { template: given.template_id }),
  });
  return unwrap(draft) as unknown as Draft;
}

const decideDraft = ({ facts }: Draft, segments: number): Decision =>
  decideText(facts, { purpose: 'direct', segments, isProviderSet: twilioProblem() === null }, new Date());

/** What is wrong with a wording by itself, said at the field. */
function refuse({ missing, segments, text }: FilledText): void {
  if (missing.length > 0) throw atBody(missingSentence(missing));
  if (!text) throw atBody('Its fields leave nothing to say');
  if (segments > maxSegments) throw atBody(tooLongSentence(segments));
  if (text.length > maxBodyLength)
    throw atBody(`This is ${text.length} characters long; a text may have at most ${maxBodyLength}`);
}

/**
 * Queues one text. The gate is asked at once, so that what will never go isn't queued, and again when it goes.
 * @returns the text, and what the gate said; the one that is there where the id was sent in before
 * @throws {AppError} `not_found` for what isn't the workspace's, `invalid` at `body` for a missing field and for more than ten
 *   segments, `conflict` with the gate's sentence where no text may go there, `tier_required` for a template
 */
export async function sendOneText(ctx: Context, given: SendText): Promise<SentText> {
  const draft = await readDraft(ctx, given);
  if (draft.kept) {
    const decision = draft.kept.decision ?? decideDraft(draft, draft.kept.segments ?? 1);
    return { text: draft.kept, decision };
  }
  if (!draft.number_id) {
    throw new AppError('conflict', {
      userMessage: 'Add a number that sends texts first, in Settings → Numbers',
    });
  }
  const filled = fillText(given.body, draft.fields);
  refuse(filled);
  const decision = decideDraft(draft, filled.segments);
  if (decision.verdict === 'drop') {
    throw new AppError('conflict', { userMessage: reasonSentence(decision.reason) });
  }
  const row = {
    id: given.id,
    phone_id: given.phone_id,
    person_id: draft.person_id,
    phone_number_id: draft.number_id,
    template_id: given.template_id ?? null,
    body: filled.text,
    segments: filled.segments,
    run_at: decision.until ?? null,
    ...(decision.verdict === 'hold' && { decision }),
  };
  const kept = await ctx.supabase.rpc('queue_text', {
    workspace: ctx.workspaceId,
    draft: row as unknown as Json,
  });
  return { text: unwrap(kept) as unknown as TextMessage, decision };
}

/** A wording as it would read, and what the gate says of it now. @throws {AppError} as sendOneText, but for missing fields and length */
export async function previewText(ctx: Context, given: PreviewText): Promise<TextPreview> {
  const draft = await readDraft(ctx, given);
  const { text, segments, encoding, missing } = fillText(given.body, draft.fields);
  return { text, segments, encoding, missing, decision: decideDraft(draft, segments) };
}

/** Takes a text that waits out of the queue. @throws {AppError} `conflict` for one that has gone */
export async function cancelText(ctx: Context, id: string): Promise<TextMessage> {
  const text = await ctx.supabase.rpc('cancel_text', { workspace: ctx.workspaceId, text_id: requireId(id) });
  return unwrap(text) as unknown as TextMessage;
}

/** A person's word that a text goes again. @throws {AppError} `conflict` for one that didn't fail and isn't unknown */
export async function retryText(ctx: Context, id: string): Promise<TextMessage> {
  const text = await ctx.supabase.rpc('retry_text', { workspace: ctx.workspaceId, text_id: requireId(id) });
  return unwrap(text) as unknown as TextMessage;
}

/** Who was chosen, as the database takes it. @throws {AppError} `not_found` for a view that isn't there */
async function chosenOf(ctx: Context, given: ChosenPeople): Promise<{ people?: string[]; filter?: Json }> {
  if ('ids' in given) return { people: given.ids };
  if ('filter' in given)
    return { filter: toSqlFilter({ filters: given.filter.filters, q: given.q || given.filter.q }) };
  const view = unwrap(
    await ctx.supabase
      .from('saved_views')
      .select('state')
      .eq('workspace_id', ctx.workspaceId)
      .eq('entity', 'people')
      .eq('id', given.view_id)
      .maybeSingle(),
  );
  if (!view) throw new AppError('not_found', { userMessage: 'Not found' });
  const { q, filters } = view.state as unknown as ViewState;
  return { filter: toSqlFilter(readListState(peopleList, { q, ...filters })) };
}

/** Fields that nobody has, and what can't be read, said before anybody is looked at. */
function checkWording(body: string): void {
  try {
    const { used } = fieldsOf(body);
    const unknown = used.filter((name) => !textFields.some((field) => field === name));
    if (unknown.length > 0)
      throw atBody(`There is no field ${unknown.map((name) => `{{ ${name} }}`).join(', ')}`);
  } catch (error) {
    if (error instanceof TemplateError) throw atBody(error.message);
    throw error;
  }
}

/**
 * Makes one text to many and has it written and sent behind.
 * @throws {AppError} `tier_required`, `not_found`, `invalid` above 25,000 people or for a wording that can't be read
 */
export async function createBatch(ctx: Context, { people, ...draft }: CreateBatch): Promise<BatchRow> {
  checkWording(draft.body);
  const id = unwrap(
    await ctx.supabase.rpc('create_text_batch', {
      workspace: ctx.workspaceId,
      draft: draft as unknown as Json,
      ...(await chosenOf(ctx, people)),
    }),
  );
  return getBatch(ctx.supabase, ctx.workspaceId, id);
}

/** Pauses, resumes or cancels a batch. @throws {AppError} `conflict` for one that has ended */
export async function setBatch(
  ctx: Context,
  id: string,
  becomes: 'sending' | 'paused' | 'cancelled',
): Promise<BatchRow> {
  const batch = requireId(id);
  unwrap(await ctx.supabase.rpc('set_text_batch', { workspace: ctx.workspaceId, batch, becomes }));
  return getBatch(ctx.supabase, ctx.workspaceId, batch);
}

type Chosen = {
  left_out: { id: string; name: string | null; reason: string }[];
  people: { id: string; name: string | null; phone: string; is_first: boolean }[];
  fields: Record<string, Fields>;
};
const shownSamples = 3;
const shownPeople = 100;

/** What a batch would do: whom it reaches, who is left out and why, and how it would read. Nothing is kept. */
export async function previewBatch(
  ctx: Context,
  { people, body, reason }: PreviewBatch,
): Promise<BatchPreview> {
  checkWording(body);
  const answer = await ctx.supabase.rpc('preview_text_batch', {
    workspace: ctx.workspaceId,
    ...(await chosenOf(ctx, people)),
  });
  const chosen = unwrap(answer) as unknown as Chosen;
  const left: { id: string; name: string | null; reason: string; detail: string | null }[] =
    chosen.left_out.map((person) => ({ ...person, detail: null }));
  const preview: BatchPreview = {
    total: chosen.left_out.length + chosen.people.length,
    left_out: {},
    missing: {},
    segments: { most: 0, all: 0 },
    samples: [],
  };
  for (const { id, name, phone, is_first } of chosen.people) {
    const { text, segments, missing } = fillText(body, chosen.fields[id] ?? {}, { isFirst: is_first });
    if (missing.length > 0 || !text) {
      for (const field of missing) preview.missing[field] = (preview.missing[field] ?? 0) + 1;
      left.push({ id, name, reason: 'missing_fields', detail: missingSentence(missing) });
    } else if (segments > maxSegments || text.length > maxBodyLength) {
      left.push({ id, name, reason: 'too_long', detail: tooLongSentence(segments) });
    } else {
      preview.segments.most = Math.max(preview.segments.most, segments);
      preview.segments.all += segments;
      if (preview.samples.length < shownSamples)
        preview.samples.push({ person: { id, name }, phone: displayPhone(phone), text, segments });
    }
  }
  for (const each of left) preview.left_out[each.reason] = (preview.left_out[each.reason] ?? 0) + 1;
  if (reason) {
    preview.people = left
      .filter((each) => each.reason === reason)
      .slice(0, shownPeople)
      .map(({ id, name, detail }) => ({ id, name, detail }));
  }
  return preview;
}
