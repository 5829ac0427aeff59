import { AppError } from '@/lib/errors';
import type { Fields } from '@/modules/campaigns/schema';
import { fillTemplate, scopeOf, TemplateError } from '@/modules/campaigns/template';
import { optOutLine } from './domain';
import { type Segments, segmentsOf } from './segments';

export type FilledText = Segments & {
  text: string;
  /** Fields that the wording asks for and that have no value, each once. */
  missing: string[];
};

/** Whether a text says how to get no more of them. */
const namesStop = (text: string) => /\bstop\b/i.test(text);

/**
 * A wording as one person gets it, with what it takes.
 * @param options.isFirst it is the first text of ours that the number gets, as one of many: it says how to opt out, in words of
 *   ours where it has none of its own (CTIA Messaging Principles, 5.1.2), and that counts
 * @throws {AppError} `invalid` at `body` for a wording that can't be read
 */
export function fillText(body: string, fields: Fields, options: { isFirst?: boolean } = {}): FilledText {
  try {
    const filled = fillTemplate(body, scopeOf(fields));
    const own = filled.text.trim();
    const text = options.isFirst && !namesStop(own) ? `${own}\n${optOutLine}` : own;
    return { text, missing: filled.missing, ...segmentsOf(text) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new AppError('invalid', {
      userMessage: `body: ${error.message}`,
      fields: { body: error.message },
      cause: error,
    });
  }
}
