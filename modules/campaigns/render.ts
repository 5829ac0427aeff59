import { cutText } from '@/lib/cut-text';
import { AppError } from '@/lib/errors';
import { htmlToText, sanitizeHtml, sanitizeTemplate, textToHtml } from './html';
import type { Fields, Section, Snapshot, SnapshotStep } from './schema';
import { fieldsOf, fillTemplate, scopeOf, TemplateError } from './template';

export type RenderOptions = {
  /** 0 or 1: which of two subjects. One that isn't there is the first. */
  variant?: number;
  /** The subject of the thread's first mail, which a step with an empty subject answers to. */
  firstSubject?: string | null;
  /** What the model wrote for this recipient, by section id: plain text. */
  written?: Readonly<Record<string, string>>;
};

export type Rendered = {
  subject: string;
  bodyText: string;
  /** Null in a campaign of plain text. */
  bodyHtml: string | null;
  /** Fields that the mail needs and that this recipient doesn't have, each once. */
  missing: string[];
  /** A section is the model's and isn't written yet: the bodies lack it. */
  needsWriting: boolean;
};

function stepOf(snapshot: Snapshot, stepId: string): SnapshotStep {
  const step = snapshot.steps.find((each) => each.id === stepId);
  if (!step) throw new AppError('not_found', { userMessage: 'This e-mail isn’t part of the campaign' });
  return step;
}

/**
 * One mail of a launch as one recipient gets it: sections joined, fields filled in, the sender's signature below. HTML is
 * sanitised and has a plain part made from it. The footer with address and unsubscribe link is added on sending.
 * @throws {AppError} `not_found` for a step that the copy doesn't have, `invalid` for a template that can't be read or
 *   a subject that would break its line (RFC 5322, 2.2)
 */
export function renderStep(
  snapshot: Snapshot,
  stepId: string,
  fields: Fields,
  { variant = 0, firstSubject = null, written = {} }: RenderOptions = {},
): Rendered {
  const step = stepOf(snapshot, stepId);
  const scope = scopeOf(fields);
  const missing = new Set<string>();
  const isHtml = snapshot.format === 'html';
  const fill = (source: string, kind: 'text' | 'html' = 'text') => {
    try {
      const filled = fillTemplate(source, scope, kind);
      for (const name of filled.missing) missing.add(name);
      return filled.text;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new AppError('invalid', { userMessage: `${step.name}: ${error.message}`, cause: error });
    }
  };

  const subject = subjectOf(fill(step.subjects[variant] ?? step.subjects[0] ?? ''), firstSubject);
  let needsWriting = false;
  const parts = step.sections.map((section) => {
    if (section.kind === 'fixed') {
      return isHtml ? fill(sanitizeTemplate(section.content), 'html') : fill(section.content).trim();
    }
    // what the model is told may lack a field too
    fill(section.content);
    const text = written[section.id]?.trim();
    if (!text) needsWriting = true;
    return isHtml ? textToHtml(text ?? '') : (text ?? '');
  });
  const signature = snapshot.sender.signature.trim();
  if (signature) parts.push(isHtml ? textToHtml(signature) : signature);
  const body = parts.filter((part) => part.trim() !== '').join(isHtml ? '\n' : '\n\n');
  const bodyHtml = isHtml ? sanitizeHtml(body) : null;
  const bodyText = bodyHtml === null ? body : htmlToText(bodyHtml);
  return { subject, bodyText, bodyHtml, missing: [...missing], needsWriting };
}

function subjectOf(rendered: string, firstSubject: string | null): string {
  const subject = rendered.trim();
  if (/[\r\n]/.test(subject)) {
    throw new AppError('invalid', { userMessage: 'A subject can’t hold a line break' });
  }
  if (subject) return cut(subject);
  const first = firstSubject?.trim() ?? '';
  if (!first) return '';
  return cut(/^re:/i.test(first) ? first : `Re: ${first}`);
}

/** The queue keeps 500 characters of a subject. */
const cut = (subject: string) => cutText(subject, 500);

/**
 * The sections of a step with their fields filled in: what the model is told of those it writes, and what stands around.
 * @returns the sections in order, and the fields this recipient lacks
 * @throws {AppError} as renderStep
 */
export function renderSections(
  snapshot: Snapshot,
  stepId: string,
  fields: Fields,
): { sections: Section[]; missing: string[] } {
  const scope = scopeOf(fields);
  const missing = new Set<string>();
  const sections = stepOf(snapshot, stepId).sections.map((section) => {
    try {
      const filled = fillTemplate(section.content, scope);
      for (const name of filled.missing) missing.add(name);
      return { ...section, content: filled.text };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new AppError('invalid', { userMessage: error.message, cause: error });
    }
  });
  return { sections, missing: [...missing] };
}

/**
 * What the templates of a step ask for: the fields it names, those that nobody has, and what can't be read.
 * Never throws: a draft may be half written.
 */
export function inspectStep(step: Pick<SnapshotStep, 'subjects' | 'sections'>): {
  used: string[];
  unknown: string[];
  errors: string[];
} {
  const used = new Set<string>();
  const unknown = new Set<string>();
  const errors: string[] = [];
  for (const source of [...step.subjects, ...step.sections.map((section) => section.content)]) {
    try {
      const fields = fieldsOf(source);
      for (const name of fields.used) used.add(name);
      for (const name of fields.unknown) unknown.add(name);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      errors.push(error.message);
    }
  }
  return { used: [...used], unknown: [...unknown], errors };
}
