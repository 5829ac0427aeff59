import 'server-only';
import { APICallError, generateText, type LanguageModel, RetryError } from 'ai';
import { drain } from '@/lib/drain';
import { AppError, unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';
import { writingModel, writingProblem } from '@/lib/providers/ai';
import { renderSections, renderStep } from '@/modules/campaigns/render';
import type { Fields, Snapshot } from '@/modules/campaigns/schema';
import {
  maxTokens,
  readWriting,
  retrySeconds,
  UnusableTextError,
  writingPrompt,
  writingRules,
} from './domain';

/** How long one section may take, in milliseconds, tries and all. */
const sectionTimeoutMs = 45_000;
/** How many mails are claimed and written at once. */
const batchSize = 16;
/** Longer than the slowest batch takes: after this a claim is anybody's. */
const leaseSeconds = 300;
/** Mails are written this long before they may go. */
const horizonMinutes = 60;
/** Asked again once where the answer can't be used: models are not the same twice. */
const tries = 2;

export type WritingOptions = {
  /** Unless given, the one that is set up. */
  model?: LanguageModel;
  signal?: AbortSignal;
  /** How often a request is made again after 429, 5xx and broken connections; 2 unless given. */
  retries?: number;
};

/**
 * Writes the AI sections of one mail for one recipient.
 * @returns plain text by section id, for `renderStep`'s `written`; empty where the step has no such section
 * @throws {AppError} `unavailable` where no model is set up, or it doesn't answer, or says nothing that can be sent
 */
export async function writeSections(
  snapshot: Snapshot,
  stepId: string,
  fields: Fields,
  { model = writingModel() ?? undefined, signal, retries = 2 }: WritingOptions = {},
): Promise<Record<string, string>> {
  const step = snapshot.steps.find(({ id }) => id === stepId);
  const wanted = step?.sections.filter(({ kind }) => kind === 'ai') ?? [];
  const written: Record<string, string> = {};
  if (wanted.length === 0) return written;
  if (!model) throw new AppError('unavailable', { userMessage: writingProblem() ?? 'No model is set up' });
  // what stands around a section is read as it will be sent; of an AI section only what is written already
  const { sections } = renderSections(snapshot, stepId, fields);
  const shown = (part: (typeof sections)[number]) =>
    part.kind === 'fixed' ? plain(part.content) : (written[part.id] ?? '');
  for (const section of wanted) {
    const at = sections.findIndex(({ id }) => id === section.id);
    const text = (parts: typeof sections) => parts.map(shown).filter(Boolean).join('\n\n').slice(0, 4000);
    const prompt = writingPrompt(section, fields, {
      before: text(sections.slice(0, at)),
      after: text(sections.slice(at + 1)),
    });
    written[section.id] = await writeOne(model, prompt, section.content, { signal, retries });
  }
  return written;
}

/** HTML of a fixed section as the words it says. */
const plain = (content: string) =>
  content
    .replace(/<[^>]*>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();

async function writeOne(
  model: LanguageModel,
  prompt: string,
  task: string,
  { signal, retries }: { signal?: AbortSignal; retries: number },
): Promise<string> {
  const timeout = AbortSignal.timeout(sectionTimeoutMs);
  let problem: unknown;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      const { text, finishReason } = await generateText({
        model,
        instructions: writingRules,
        prompt,
        maxOutputTokens: maxTokens,
        temperature: 0.6,
        maxRetries: retries,
        abortSignal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      if (finishReason === 'length') throw new UnusableTextError('The model wrote too much');
      if (finishReason === 'content-filter') throw new UnusableTextError('The model refused to write it');
      return readWriting(text, task);
    } catch (error) {
      problem = error;
      if (!(error instanceof UnusableTextError)) break;
    }
  }
  throw new AppError('unavailable', { userMessage: problemWords(problem), cause: problem });
}

/** Why a section was not written, for the screen: nothing of keys, addresses or prompts. */
function problemWords(error: unknown): string {
  if (error instanceof UnusableTextError) return error.message;
  const last = RetryError.isInstance(error) ? error.lastError : error;
  if (APICallError.isInstance(last)) {
    const { statusCode: status } = last;
    if (status === 401 || status === 403) return 'The model’s API refuses GROQ_API_KEY';
    if (status === 404) return 'The model’s API doesn’t know GROQ_MODEL';
    if (status === 429) return 'The model’s API asked to wait';
    return status ? `The model’s API answered ${status}` : 'The model’s API can’t be reached';
  }
  if (last instanceof Error && ['TimeoutError', 'AbortError'].includes(last.name)) {
    return 'The model did not answer in time';
  }
  return 'The model’s answer could not be read';
}

type Unwritten = {
  id: string;
  token: string;
  workspace_id: string;
  recipient_id: string;
  launch_id: string;
  step_id: string;
  attempts: number;
  fields: Fields | null;
};
type Written =
  | { id: string; token: string; body_text: string; body_html: string | null }
  | { id: string; token: string; error: string; wait_seconds: number };

/**
 * Writes the mails that wait for a text, those in review and those due within the hour: the cron `write-emails`. Each mail
 * is claimed for a while, so that two runs don't pay for the same text, and a run that was killed costs nothing but that
 * while. What can't be written waits with its reason, and is tried again, later and later.
 * @returns how many were written, failed, or wait because no model is set up
 */
export async function writeDueEmails(
  { admin, log, timeLeftMs }: Pick<CronContext, 'admin' | 'log' | 'timeLeftMs'>,
  options: WritingOptions = {},
): Promise<{ written: number; failed: number; waiting: number }> {
  const counts = { written: 0, failed: 0, waiting: 0 };
  const model = options.model ?? writingModel();
  if (!model) {
    const problem = writingProblem() ?? 'No model is set up';
    counts.waiting = unwrap(
      await admin.rpc('note_unwritten_emails', { problem, horizon_minutes: horizonMinutes }),
    );
    return counts;
  }
  await drain(async () => {
    const claimed = unwrap(
      await admin.rpc('claim_unwritten_emails', {
        batch: batchSize,
        lease_seconds: leaseSeconds,
        horizon_minutes: horizonMinutes,
      }),
    ) as unknown as { mails: Unwritten[]; launches: Record<string, Snapshot> };
    const results = await Promise.all(
      claimed.mails.map((mail) =>
        writeMail(mail, claimed.launches[mail.launch_id], { ...options, model }, log),
      ),
    );
    for (const result of results) {
      if ('error' in result) log.warn({ email: result.id, problem: result.error }, 'a mail was not written');
    }
    if (results.length > 0) {
      const written = unwrap(await admin.rpc('finish_written_emails', { results }));
      counts.written += written;
      counts.failed += results.filter((result) => 'error' in result).length;
    }
    return claimed.mails.length;
  }, timeLeftMs);
  return counts;
}

async function writeMail(
  mail: Unwritten,
  snapshot: Snapshot | undefined,
  options: WritingOptions,
  log: CronContext['log'],
): Promise<Written> {
  const { id, token } = mail;
  const failed = (error: string): Written => ({
    id,
    token,
    error,
    wait_seconds: retrySeconds(mail.attempts + 1),
  });
  try {
    if (!snapshot || !mail.fields) return failed('What the campaign was launched with can’t be read');
    const written = await writeSections(snapshot, mail.step_id, mail.fields, options);
    const { bodyText, bodyHtml, missing, needsWriting } = renderStep(snapshot, mail.step_id, mail.fields, {
      written,
    });
    if (missing.length > 0) return failed(`Not known of the recipient: ${missing.join(', ')}`);
    if (needsWriting) return failed('The model wrote nothing');
    return { id, token, body_text: bodyText, body_html: bodyHtml };
  } catch (error) {
    if (error instanceof AppError) return failed(error.message);
    // one that can't be written keeps none of the others from what they were written
    log.error({ err: error, email: id }, 'a mail could not be written');
    return failed('Something went wrong on our side');
  }
}
