import 'server-only';
import { cookies } from 'next/headers';
import type { z } from 'zod';
import { AppError, fromDatabase, tierRequired, unwrap } from '../errors';
import { type Log, logger } from '../logger';
import { createAdminClient } from '../supabase/admin';
import { type Client, createBearerClient, createCookieClient } from '../supabase/server';
import { type Feature, hasFeature } from '../tiers';
import { type Context, findMember, hasRole, type MemberContext, type Role } from './context';
import { readBody } from './read-body';
import { errorResponse, parse } from './respond';
import { workspaceCookie } from './workspace-cookie';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const maxBodyBytes = 5 * 1024 * 1024;

type Schemas = { body?: z.ZodType; query?: z.ZodType; params?: z.ZodType };
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Handled<C, S extends Schemas> = {
  ctx: C;
  body: Parsed<S['body']>;
  query: Parsed<S['query']>;
  params: Parsed<S['params']>;
  request: Request;
};
type RouteContext = { params: Promise<Record<string, string | string[]>> };
type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/** Nobody is asked who they are: the client is whatever the request brought, possibly signed out. */
export type PublicContext = Omit<Context, 'workspaceId' | 'userId'>;
/** Signed in, in no workspace in particular: creating one, accepting an invitation. */
export type UserContext = Omit<Context, 'workspaceId'>;

/** What only a machine may write, asked for by an admin: `admin` is the service role, so filter by workspace_id. */
export type MachineContext = MemberContext & { admin: Client };

/**
 * Wraps a route handler: request id → session or bearer token → membership (not a member: 404) → role → tier → zod →
 * run → errors to statuses. Every response carries `x-request-id`.
 *
 * `access` says what is asked of the caller:
 * - a role: a member of the workspace with at least that role; `ctx` is a MemberContext (one round trip). With a
 *   `feature` of `lib/tiers.ts`, the workspace's tier must have it (403 `tier_required`).
 * - `'query'`: for reads whose one query checks membership itself (`private.assert_member`), so that a list costs a
 *   single round trip; `ctx` has no proven user, role or tier.
 * - `'user'`: signed in, no workspace. `'public'`: nobody in particular.
 *
 * With `isMachine` an admin's handler has the service role beside the caller's client, for what the database takes from
 * nobody's word but that of a machine which has asked a provider.
 */
export function route<S extends Schemas>(
  options: S & { access: 'admin' | 'owner'; isMachine: true },
  handler: (input: Handled<MachineContext, S>) => Promise<Response>,
): RouteHandler;
export function route<S extends Schemas>(
  options: S & { access: Role; feature?: Feature },
  handler: (input: Handled<MemberContext, S>) => Promise<Response>,
): RouteHandler;
export function route<S extends Schemas>(
  options: S & { access: 'query' },
  handler: (input: Handled<Omit<Context, 'userId'>, S>) => Promise<Response>,
): RouteHandler;
export function route<S extends Schemas>(
  options: S & { access: 'user' },
  handler: (input: Handled<UserContext, S>) => Promise<Response>,
): RouteHandler;
export function route<S extends Schemas>(
  options: S & { access: 'public' },
  handler: (input: Handled<PublicContext, S>) => Promise<Response>,
): RouteHandler;
export function route<S extends Schemas>(
  options: S & { access: Role | 'query' | 'user' | 'public'; feature?: Feature; isMachine?: boolean },
  // biome-ignore lint/suspicious/noExplicitAny: the overloads above say which context each access gets
  handler: (input: Handled<any, S>) => Promise<Response>,
): RouteHandler {
  return async (request, { params }) => {
    const requestId = crypto.randomUUID();
    const log = logger({ requestId, method: request.method, path: new URL(request.url).pathname });
    let response: Response;
    try {
      const ctx = await authorize(request, options.access, options.feature, requestId, log);
      response = await handler({
        ctx: options.isMachine ? { ...ctx, admin: createAdminClient() } : ctx,
        params: (options.params && parse(options.params, await params)) as Parsed<S['params']>,
        query: (options.query && parse(options.query, queryOf(request))) as Parsed<S['query']>,
        body: (options.body && parse(options.body, await readJson(request))) as Parsed<S['body']>,
        request,
      });
    } catch (error) {
      response = errorResponse(error, requestId, log);
    }
    response.headers.set('x-request-id', requestId);
    // whose it is depends on a cookie or a token: no cache may keep it for the next one
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
    return response;
  };
}

async function authorize(
  request: Request,
  access: Role | 'query' | 'user' | 'public',
  feature: Feature | undefined,
  requestId: string,
  log: Log,
): Promise<PublicContext | UserContext | Omit<Context, 'userId'> | MemberContext> {
  const supabase = await clientOf(request, requestId);
  if (access === 'public') return { supabase, requestId, log };
  if (access === 'user') return { supabase, requestId, log, userId: await currentUserId(supabase) };

  const workspaceId = await workspaceIdOf(request);
  if (access === 'query') return { supabase, requestId, log, workspaceId };

  const { member, error } = await findMember(supabase, workspaceId);
  if (error) throw fromDatabase(error);
  if (!member) throw new AppError('not_found', { userMessage: 'Not found' });
  if (!hasRole(member.role, access)) {
    throw new AppError('forbidden', { userMessage: `This needs the role ${access}` });
  }
  if (feature && !hasFeature(member.tier, feature)) throw tierRequired(feature);
  return { supabase, requestId, log, ...member };
}

/** A bearer token goes before the cookies; a cookie's write must come from our own pages (CSRF). */
async function clientOf(request: Request, requestId: string): Promise<Client> {
  const headers = { 'x-request-id': requestId };
  const authorization = request.headers.get('authorization');
  if (authorization) {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (!token)
      throw new AppError('unauthenticated', { userMessage: 'The Authorization header is malformed' });
    return createBearerClient(token, headers);
  }
  const site = request.headers.get('sec-fetch-site');
  if (request.method !== 'GET' && site && site !== 'same-origin' && site !== 'none') {
    throw new AppError('forbidden', { userMessage: 'This request came from another site' });
  }
  return createCookieClient(headers);
}

/** Who the Data API takes the caller for: only for the few routes that stand outside every workspace. */
async function currentUserId(supabase: Client): Promise<string> {
  return unwrap(await supabase.rpc('current_user_id'));
}

async function workspaceIdOf(request: Request): Promise<string> {
  const id = request.headers.get('x-workspace-id') ?? (await cookies()).get(workspaceCookie)?.value;
  if (!id) {
    throw new AppError('workspace_required', {
      userMessage: 'Say which workspace, in the header x-workspace-id',
    });
  }
  if (!uuid.test(id)) throw new AppError('not_found', { userMessage: 'Not found' });
  return id;
}

/** Repeated parameters become arrays: `?tag=a&tag=b` is `{ tag: ['a', 'b'] }`. */
function queryOf(request: Request): Record<string, string | string[]> {
  const search = new URL(request.url).searchParams;
  const query: Record<string, string | string[]> = {};
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key);
    query[key] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}

async function readJson(request: Request): Promise<unknown> {
  const text = await readBody(request, maxBodyBytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid', { userMessage: 'The request isn’t JSON', cause });
  }
}
