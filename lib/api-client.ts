import type { ErrorBody, ErrorCode, Existing, TierNeed } from './errors';

type Failure = Partial<Omit<ErrorBody['error'], 'code'>> & { code: ErrorCode | 'offline'; message: string };

/** A refusal by our own API, as the browser sees it. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'offline';
  readonly status: number;
  readonly fields: Record<string, string>;
  /** For a conflict: the record that is there already. */
  readonly existing: Existing | null;
  /** For a conflict: what was to be changed, as it is now. */
  readonly current: unknown;
  /** For `tier_required`: what was refused, and the least tier that has it. */
  readonly needs: TierNeed | null;
  readonly requestId: string | null;

  constructor(status: number, error: Failure) {
    super(error.message);
    this.name = 'ApiError';
    this.status = status;
    this.code = error.code;
    this.fields = error.fields ?? {};
    this.existing = error.existing ?? null;
    this.current = error.current;
    this.needs = error.needs ?? null;
    this.requestId = error.requestId ?? null;
  }
}

let workspaceId: string | null = null;

/** Which workspace this tab works in: every call says so, so that two tabs in two workspaces don't mix. */
export function setApiWorkspace(id: string): void {
  workspaceId = id;
}

/**
 * Calls our own API from the browser.
 * @param body sent as JSON, or as it is where it is a FormData or a File.
 * @param options `keepalive`: it goes out even where the page is being left.
 * @returns the parsed body, or undefined for 204.
 * @throws {ApiError} for every refusal, and `offline` where the server can't be reached.
 */
export async function api<T>(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  options: { signal?: AbortSignal; keepalive?: boolean } = {},
): Promise<T> {
  const isRaw = body instanceof FormData || body instanceof Blob;
  const headers: Record<string, string> = {};
  if (workspaceId) headers['x-workspace-id'] = workspaceId;
  if (body !== undefined && !isRaw) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : isRaw ? (body as BodyInit) : JSON.stringify(body),
      ...options,
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(0, {
      code: 'offline',
      message: 'Freehold can’t be reached. Check your connection and try again.',
    });
  }
  if (response.status === 204) return undefined as T;
  const parsed: unknown = await response.json().catch(() => null);
  if (response.ok) return parsed as T;
  const error = (parsed as ErrorBody | null)?.error;
  throw new ApiError(
    response.status,
    error ?? { code: 'internal', message: 'Something went wrong on our side. Try again.' },
  );
}
