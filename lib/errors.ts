import { type Feature, featureRefusal, features, findFeature, type Tier } from './tiers';

/** The one table from an error's code to its HTTP status. */
export const errorStatus = {
  invalid: 400,
  workspace_required: 400,
  unauthenticated: 401,
  forbidden: 403,
  tier_required: 403,
  wrong_account: 403,
  not_found: 404,
  conflict: 409,
  last_owner: 409,
  gone: 410,
  too_large: 413,
  unsupported_file: 415,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** What every failed request answers: `{ error: { code, message, fields?, existing?, needs?, requestId } }`. */
export type ErrorBody = {
  error: {
    code: ErrorCode;
    message: string;
    fields?: Record<string, string>;
    existing?: Existing;
    current?: unknown;
    needs?: TierNeed;
    requestId: string;
  };
};

/** For `tier_required`: what was refused, and the least tier that has it. */
export type TierNeed = { feature: Feature; tier: Tier };

/** The record that stands in the way of a conflict, so that the screen can lead there. */
export type Existing = { id: string; name: string };

/**
 * A failure that the caller can do something about. Anything else that is thrown is a surprise: logged whole, answered
 * with a generic 500.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Errors by field path, such as `{ 'emails.0.address': 'Not an e-mail address' }`. */
  readonly fields?: Record<string, string>;
  /** For `conflict`: the record that is there already. */
  readonly existing?: Existing;
  /** For `conflict`: what was to be changed, as it is now. */
  readonly current?: unknown;
  /** For `tier_required`. */
  readonly needs?: TierNeed;

  constructor(
    code: ErrorCode,
    options: {
      userMessage: string;
      fields?: Record<string, string>;
      existing?: Existing;
      current?: unknown;
      needs?: TierNeed;
      cause?: unknown;
    },
  ) {
    super(options.userMessage, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = options.fields;
    this.existing = options.existing;
    this.current = options.current;
    this.needs = options.needs;
  }
}

/** The refusal of a feature that the workspace's tier doesn't have: 403 `tier_required`. */
export function tierRequired(feature: Feature, cause?: unknown): AppError {
  const needs = { feature, tier: features[feature].least };
  return new AppError('tier_required', { userMessage: featureRefusal(feature), needs, cause });
}

/** What PostgREST and supabase-js call an error. */
export type DatabaseError = { code?: string; message: string; details?: string | null; hint?: string | null };

/** The fields that a unique constraint stands for, and what to tell the person who ran into it. */
const uniqueMessages: Record<string, { fields: string[]; message: string }> = {
  workspaces_slug_key: { fields: ['slug'], message: 'This address is taken' },
  invitations_one_open_per_email: {
    fields: ['email'],
    message: 'There is an open invitation for this address',
  },
  saved_views_workspace_id_entity_created_by_name_key: {
    fields: ['name'],
    message: 'You have a view of this name',
  },
  outreach_templates_name_key: { fields: ['name'], message: 'There is a template of this name' },
  sending_domains_workspace_id_domain_key: {
    fields: ['domain'],
    message: 'This workspace sends from this domain already',
  },
  senders_local_part_key: { fields: ['local_part'], message: 'Another sender has this address' },
  pipelines_name_key: { fields: ['name'], message: 'A pipeline of this name exists' },
  pipeline_stages_name_key: { fields: ['name'], message: 'This pipeline has a stage of this name' },
  verifications_one_active: { fields: [], message: 'This property has an active card on this board already' },
  phone_numbers_e164_key: {
    fields: ['e164'],
    message: 'This number is in use already, here or in another workspace',
  },
  properties_identity_key: {
    fields: ['name', 'address'],
    message: 'A property with this name and address exists',
  },
};

const sqlstates: Record<string, { code: ErrorCode; message?: string }> = {
  PT401: { code: 'unauthenticated' },
  PT403: { code: 'forbidden' },
  PT404: { code: 'not_found' },
  PT409: { code: 'conflict' },
  PT410: { code: 'gone' },
  PT400: { code: 'invalid' },
  PGRST116: { code: 'not_found', message: 'Not found' },
  PGRST301: { code: 'unauthenticated', message: 'Your session has ended. Sign in again.' },
  PGRST303: { code: 'unauthenticated', message: 'Your session has ended. Sign in again.' },
  '42501': { code: 'not_found', message: 'Not found' },
  '23503': { code: 'not_found', message: 'Something this refers to doesn’t exist' },
  '23502': { code: 'invalid', message: 'A value is missing' },
  '23514': { code: 'invalid', message: 'A value is out of its range' },
  '22P02': { code: 'invalid', message: 'A value is malformed' },
  '22007': { code: 'invalid', message: 'A date is malformed' },
  '22008': { code: 'invalid', message: 'A date is out of range' },
  '22001': { code: 'invalid', message: 'A value is too long' },
  '22003': { code: 'invalid', message: 'A number is out of range' },
  '22021': { code: 'invalid', message: 'A text holds a character that can’t be stored' },
  '22P05': { code: 'invalid', message: 'A text holds a character that can’t be stored' },
  '54000': { code: 'invalid', message: 'A value is too long' },
  '40001': { code: 'unavailable', message: 'Somebody changed this at the same moment. Try again.' },
  '40P01': { code: 'unavailable', message: 'Somebody changed this at the same moment. Try again.' },
  '55P03': { code: 'unavailable', message: 'Somebody changed this at the same moment. Try again.' },
  '53300': { code: 'unavailable', message: 'The database is busy. Try again.' },
  '57P01': { code: 'unavailable', message: 'The database doesn’t answer. Try again.' },
  PGRST000: { code: 'unavailable', message: 'The database doesn’t answer. Try again.' },
  PGRST001: { code: 'unavailable', message: 'The database doesn’t answer. Try again.' },
  PGRST002: { code: 'unavailable', message: 'The database doesn’t answer. Try again.' },
  PGRST003: { code: 'unavailable', message: 'The database is busy. Try again.' },
  '57014': { code: 'unavailable', message: 'This took too long and was stopped. Nothing was changed.' },
};

/**
 * Turns a database error into what the caller may see. A refusal by row level security reads as "not found": a stranger
 * must not learn that a row exists.
 */
export function fromDatabase(error: DatabaseError): AppError | Error {
  if (error.hint === 'last_owner' || error.hint === 'wrong_account') {
    return new AppError(error.hint, { userMessage: error.message, cause: error });
  }
  const locked = error.hint === 'tier_required' ? findFeature(error.details ?? '') : null;
  if (locked) return tierRequired(locked, error);
  if (error.code === '23505') {
    const name = Object.keys(uniqueMessages).find((key) => error.message.includes(`"${key}"`));
    const known = name ? uniqueMessages[name] : undefined;
    const fields = known && Object.fromEntries(known.fields.map((field) => [field, known.message]));
    return new AppError('conflict', {
      userMessage: known?.message ?? 'This exists already',
      fields,
      cause: error,
    });
  }
  // only signed-in people may execute our functions: being refused one means there was no session
  if (error.code === '42501' && error.message.startsWith('permission denied for function')) {
    return new AppError('unauthenticated', { userMessage: 'Sign in to go on', cause: error });
  }
  // what supabase-js makes of a connection that couldn't be made
  if (!error.code && error.message.includes('fetch failed')) {
    return new AppError('unavailable', {
      userMessage: 'The database doesn’t answer. Try again.',
      cause: error,
    });
  }
  const known = error.code ? sqlstates[error.code] : undefined;
  if (known) return new AppError(known.code, { userMessage: known.message ?? error.message, cause: error });
  return new Error(`database: ${error.code ?? ''} ${error.message}`, { cause: error });
}

// Taken from the whole answer: inferred from the wanted data, `.single()` would answer whatever its caller wishes for.
type Answer = { data: unknown; error: DatabaseError | null };
type DataOf<R extends Answer> = R extends { error: DatabaseError } ? never : R['data'];

/**
 * The data of a Data API answer.
 * @throws {AppError} where the database refused for a reason the caller can act on, else an Error.
 */
export function unwrap<R extends Answer>(result: R): DataOf<R> {
  if (result.error) throw fromDatabase(result.error);
  return result.data as DataOf<R>;
}
