/** What Gmail's refusals mean to us. Pure. */

/**
 * - `revoked`: the person took the permission back, or it ran out; only they can give it again
 * - `gone`: what was asked for isn't there (a message deleted meanwhile, a history id too old)
 * - `retry_later`: too many requests
 * - `unavailable`: it was not reached, or failed before it did anything
 * - `unknown`: the connection was lost after the request went out; whether it was done, nobody can say
 * - `refused`: it will never do this
 */
export type GmailFailure = 'revoked' | 'gone' | 'retry_later' | 'unavailable' | 'unknown' | 'refused';

/** A refusal by Gmail or by Google's OAuth. */
export class GmailError extends Error {
  readonly kind: GmailFailure;
  /** Whether Gmail answered; else it was not reached, or the connection was lost. */
  readonly isAnswer: boolean;
  /** For `retry_later`, where it said so. */
  readonly retryAfterSeconds: number | null;

  constructor(
    kind: GmailFailure,
    message: string,
    options: { retryAfterSeconds?: number; isAnswer?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'GmailError';
    this.kind = kind;
    this.isAnswer = options.isAnswer ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

type Answered = {
  message?: string;
  code?: string | number;
  status?: number;
  cause?: unknown;
  response?: { status: number; headers?: Headers; data?: unknown };
};

/** 403s of a quota; every other 403 is a permission. @see https://developers.google.com/workspace/gmail/api/guides/handle-errors */
const quotaReasons = ['rateLimitExceeded', 'userRateLimitExceeded', 'dailyLimitExceeded', 'quotaExceeded'];
/** The connection was never made, so nothing was done. */
const neverConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** The error code of Node that lies under an error of fetch, or null. */
function rootCode(error: unknown, depth = 0): string | null {
  if (typeof error !== 'object' || error === null || depth > 5) return null;
  const { code, cause } = error as Answered;
  return rootCode(cause, depth + 1) ?? (typeof code === 'string' ? code : null);
}

function reasonsOf(data: unknown): string[] {
  const error = (data as { error?: unknown } | null)?.error;
  if (typeof error === 'string') return [error];
  const { errors } = (error ?? {}) as { errors?: { reason?: string }[] };
  return Array.isArray(errors) ? errors.map(({ reason }) => reason ?? '') : [];
}

/**
 * Tells what an error of Google's client means.
 * @param error as it was thrown
 * @returns the same as a GmailError; its message never holds a token
 */
export function gmailError(error: unknown): GmailError {
  if (error instanceof GmailError) return error;
  const { message = 'Gmail failed', response } = (error ?? {}) as Answered;
  // the client's own error holds the request, with its tokens, and the answer, with somebody's mail: neither is for a log
  const cause = new Error(message);
  if (!response) {
    const code = rootCode(error);
    const kind = code && neverConnected.includes(code) ? 'unavailable' : 'unknown';
    return new GmailError(kind, `Gmail was not reached${code ? ` (${code})` : ''}`, { cause });
  }
  const { status } = response;
  const reasons = reasonsOf(response.data);
  const saidOf = (words: string) => `Gmail answered ${status}: ${words}`.slice(0, 500);
  if (reasons.includes('invalid_grant') || reasons.includes('unauthorized_client') || status === 401) {
    return new GmailError('revoked', saidOf('the permission was taken back or has run out'), {
      cause,
    });
  }
  if (status === 429 || (status === 403 && reasons.some((reason) => quotaReasons.includes(reason)))) {
    const seconds = Number(response.headers?.get('retry-after'));
    const retryAfterSeconds = Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
    return new GmailError('retry_later', saidOf('too many requests'), { retryAfterSeconds, cause });
  }
  if (status === 403) return new GmailError('revoked', saidOf('a permission is missing'), { cause });
  if (status === 404) return new GmailError('gone', saidOf('not found'), { cause });
  if (status >= 500) return new GmailError('unavailable', saidOf(message), { isAnswer: true, cause });
  return new GmailError('refused', saidOf(message), { cause });
}
