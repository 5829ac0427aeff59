import { Liquid, type LiquidErrors, type Template } from 'liquidjs';
import { mergeFields } from './domain';
import type { Fields } from './schema';

/**
 * Templates can't be endless, nor loop for long, nor read any file: they are written by people of a workspace and run on
 * our machine. Lengths are in characters, times in milliseconds, memory in what liquidjs counts as one allocation each.
 */
const options = {
  strictVariables: true,
  strictFilters: true,
  lenientIf: true,
  catchAllErrors: true,
  ownPropertyOnly: true,
  templates: {},
  parseLimit: 200_000,
  renderLimit: 1_000,
  memoryLimit: 2_000_000,
} as const;
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
const engines = {
  text: new Liquid(options),
  html: new Liquid({
    ...options,
    outputEscape: (value: unknown) =>
      String(value ?? '').replace(/[&<>"']/g, (char) => escapes[char] as string),
  }),
};

/** A template that can't be read; the message says where and why. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}

type Kind = keyof typeof engines;
const parsed = { text: new Map<string, Template[]>(), html: new Map<string, Template[]>() };
const cacheSize = 500;

function parse(source: string, kind: Kind): Template[] {
  const known = parsed[kind].get(source);
  if (known) return known;
  let template: Template[];
  try {
    template = engines[kind].parse(source);
  } catch (error) {
    throw new TemplateError(reasonOf(error), { cause: error });
  }
  if (parsed[kind].size >= cacheSize) parsed[kind].delete(parsed[kind].keys().next().value as string);
  parsed[kind].set(source, template);
  return template;
}

/** The errors of a template, those within a condition's branches too. */
const errorsOf = (error: unknown): readonly unknown[] => {
  if (!(error instanceof Error)) return [error];
  if (error.name === 'LiquidErrors') return (error as LiquidErrors).errors.flatMap(errorsOf);
  const { originalError } = error as { originalError?: unknown };
  return originalError instanceof Error && originalError.name === 'LiquidErrors'
    ? errorsOf(originalError)
    : [error];
};

function reasonOf(error: unknown): string {
  const [first] = errorsOf(error);
  return first instanceof Error ? first.message.replace(/, file:.*$/, '') : String(first);
}

/** Fields as a template sees them: what isn't known isn't there, and no value breaks a line. */
export function scopeOf(fields: Fields): Record<string, string | number> {
  const scope: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (typeof value === 'number') scope[key] = value;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
    const text = typeof value === 'string' ? value.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim() : '';
    if (text) scope[key] = text;
  }
  return scope;
}

/** The name that an error of an undefined variable carries. A field has nothing inside it, so a path is no field. */
function missingOf(error: unknown): string | null {
  const cause = (error as { originalError?: { name?: string; variableName?: string } }).originalError;
  if (cause?.name !== 'InternalUndefinedVariableError') return null;
  return /^\w+$/.test(cause.variableName ?? '') ? (cause.variableName ?? null) : null;
}

/**
 * Fills a template.
 * @param kind `html`: what fields and filters yield is escaped, all but what a template marks `| raw`
 * @returns the text, with `[field]` where one is missing, and the names of those: fields without a value that stand
 *   outside a condition and without `| default: …` as their first filter
 * @throws {TemplateError} where it can't be read, or does what templates may not
 */
export function fillTemplate(
  source: string,
  scope: Readonly<Record<string, string | number>>,
  kind: Kind = 'text',
): { text: string; missing: string[] } {
  const template = parse(source, kind);
  const missing = new Set<string>();
  let filled: Record<string, string | number> = { ...scope };
  // each round names what the last one lacked; a condition may bring up more
  for (let round = 0; round < 5; round += 1) {
    try {
      return { text: engines[kind].renderSync(template, filled) as string, missing: [...missing] };
    } catch (error) {
      const errors = errorsOf(error);
      const other = errors.find((each) => missingOf(each) === null);
      if (other !== undefined) throw new TemplateError(reasonOf(other), { cause: error });
      for (const name of errors.map(missingOf) as string[]) {
        missing.add(name);
        filled = { ...filled, [name]: `[${name}]` };
      }
    }
  }
  throw new TemplateError(`These fields are missing: ${[...missing].join(', ')}`);
}

/**
 * What a template asks for.
 * @returns the fields it names, in whatever place, and those of them that no recipient has
 * @throws {TemplateError} where it can't be read
 */
export function fieldsOf(source: string): { used: string[]; unknown: string[] } {
  let used: string[];
  try {
    used = engines.text.globalVariablesSync(parse(source, 'text')).map(String);
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    throw new TemplateError(reasonOf(error), { cause: error });
  }
  const known = new Set<string>(mergeFields);
  return { used, unknown: used.filter((name) => !known.has(name)) };
}
