import 'server-only';
import { parseEmail } from '@/lib/contact-points/email';
import { parseLinkedIn } from '@/lib/contact-points/linkedin';
import { parsePhone } from '@/lib/contact-points/phone';
import { env } from '@/lib/env';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { parse } from '@/lib/http/respond';
import type { Client } from '@/lib/supabase/server';
import { displayPhone } from '@/modules/records/queries';
import { requireId } from '@/modules/records/service';
import { type PointKind, type PointOwner, pointKinds, type Sharers } from './domain';
import {
  emailStateSchema,
  type LinkPoint,
  linkedInStateSchema,
  phoneStateSchema,
  type UpdateLink,
} from './schema';

type ReadPoint = { value: string; label: string | null; lineType: 'mobile' | 'landline' | 'voip' | null };

/** A linked point: `sharers` are the others behind it, the owner of the new link left out. */
export type LinkedPoint = {
  id: string;
  link_id: string;
  kind: PointKind;
  value: string;
  display: string;
  is_new: boolean;
  sharers: Sharers;
};

type Owner = { kind: PointOwner; id: string };

/**
 * Reads a phone, e-mail or profile as people write it.
 * @param path the field to complain at
 * @throws {AppError} `invalid`, at that field
 */
export function readPoint(kind: PointKind, text: string, path = 'value'): ReadPoint {
  const country = env().DEFAULT_COUNTRY as NonNullable<Parameters<typeof parsePhone>[1]>['country'];
  const read = kind === 'phone' ? parsePhone(text, { country }) : null;
  const plain = kind === 'email' ? parseEmail(text) : kind === 'linkedin' ? parseLinkedIn(text) : null;
  const refused = read?.ok === false ? read : plain?.ok === false ? plain : null;
  if (refused) {
    const message = `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}” ${refused.reason}`;
    throw new AppError('invalid', { userMessage: message, fields: { [path]: message } });
  }
  if (read?.ok) return { value: read.value.e164, label: read.value.label, lineType: read.value.line_type };
  return { value: plain?.ok ? plain.value : text, label: null, lineType: null };
}

/** A point's value as the screen shows it. */
export const displayPoint = (kind: PointKind, value: string) =>
  kind === 'phone' ? displayPhone(value) : value;

function without(sharers: Sharers, owner: Owner): Sharers {
  const list =
    owner.kind === 'person' ? 'people' : owner.kind === 'organization' ? 'organizations' : 'properties';
  return { ...sharers, [list]: (sharers[list] ?? []).filter(({ id }) => id !== owner.id) };
}

/**
 * Links a point to a person, organization or property; one that exists already is linked, not made again.
 * @returns the link, and who else stands behind the point
 * @throws {AppError} `invalid` at `value`; `not_found` where there is no such owner
 */
export async function linkPoint(ctx: Context, owner: Owner, input: LinkPoint): Promise<LinkedPoint> {
  const point = readPoint(input.kind, input.value);
  const linked = unwrap(
    await ctx.supabase.rpc('link_point', {
      workspace: ctx.workspaceId,
      owner_kind: owner.kind,
      owner: requireId(owner.id),
      kind: input.kind,
      value: point.value,
      link_label: input.label ?? point.label ?? undefined,
      primary_point: input.is_primary,
      phone_line_type: input.line_type ?? point.lineType ?? undefined,
    }),
  ) as unknown as Omit<LinkedPoint, 'kind' | 'value' | 'display'>;
  return {
    ...linked,
    kind: input.kind,
    value: point.value,
    display: displayPoint(input.kind, point.value),
    sharers: without(linked.sharers, owner),
  };
}

/**
 * Changes a link's label, makes it the primary, or puts another value in its place.
 * @returns the link, and who else stands behind the point
 * @throws {AppError} `invalid` at `value`; `not_found` where there is no such link
 */
export async function updatePointLink(
  ctx: Context,
  owner: Owner,
  { kind, point, value, ...change }: UpdateLink,
): Promise<Pick<LinkedPoint, 'id' | 'link_id' | 'is_new' | 'sharers'>> {
  const linked = unwrap(
    await ctx.supabase.rpc('update_point_link', {
      workspace: ctx.workspaceId,
      owner_kind: owner.kind,
      owner: requireId(owner.id),
      kind,
      point,
      change: { ...change, ...(value !== undefined && { value: readPoint(kind, value).value }) },
    }),
  ) as unknown as LinkedPoint | null;
  if (!linked) throw new AppError('not_found', { userMessage: 'Not found' });
  return { ...linked, sharers: without(linked.sharers, owner) };
}

/**
 * Takes a point from one owner. The point stays, with its state.
 * @throws {AppError} `not_found` where there is no such link
 */
export async function unlinkPoint(ctx: Context, owner: Owner, kind: PointKind, point: string): Promise<void> {
  const removed = unwrap(
    await ctx.supabase.rpc('unlink_point', {
      workspace: ctx.workspaceId,
      owner_kind: owner.kind,
      owner: requireId(owner.id),
      kind,
      point,
    }),
  );
  if (!removed) throw new AppError('not_found', { userMessage: 'Not found' });
}

/**
 * Who has a value already, asked before it is saved.
 * @returns the value as it would be kept, and the sharers (null where nobody has it)
 * @throws {AppError} `invalid` at `value`
 */
export async function lookUpPoint(supabase: Client, workspaceId: string, kind: PointKind, text: string) {
  const { value } = readPoint(kind, text);
  const found = unwrap(
    await supabase.rpc('find_point', { workspace: workspaceId, kind, value }),
  ) as unknown as {
    id: string;
    sharers: Sharers;
  } | null;
  return {
    value,
    display: displayPoint(kind, value),
    id: found?.id ?? null,
    sharers: found?.sharers ?? null,
  };
}

/** Who shares a point. Row level security: a stranger's point has no sharers. */
export async function getSharers(
  supabase: Client,
  workspaceId: string,
  kind: PointKind,
  id: string,
): Promise<Sharers> {
  return unwrap(
    await supabase.rpc('get_point_sharers', { workspace: workspaceId, kind, point: requireId(id) }),
  ) as unknown as Sharers;
}

const none = () => new AppError('not_found', { userMessage: 'Not found' });

/**
 * Sets the state of a point, for all who share it. Only a person may lift a suppression; the audit log keeps who did.
 * @param body what `phoneStateSchema`, `emailStateSchema` or `linkedInStateSchema` admits
 * @throws {AppError} `invalid` by field; `not_found`
 */
export async function updatePoint(ctx: Context, kind: string, id: string, body: unknown) {
  if (!pointKinds.includes(kind as PointKind)) throw none();
  const pointId = requireId(id);
  const scope = { workspace_id: ctx.workspaceId, id: pointId };
  const now = new Date().toISOString();
  if (kind === 'phone') {
    const { do_not_call, do_not_call_reason, ...rest } = parse(phoneStateSchema, body);
    const blocked = do_not_call !== undefined && {
      do_not_call,
      do_not_call_at: do_not_call ? now : null,
      do_not_call_reason: do_not_call ? (do_not_call_reason ?? null) : null,
    };
    const reason = do_not_call === undefined && do_not_call_reason !== undefined && { do_not_call_reason };
    const query = ctx.supabase.from('phones').update({ ...rest, ...blocked, ...reason });
    const columns = 'id, e164, status, line_type, do_not_call, do_not_call_reason, do_not_call_at';
    return unwrap(await query.match(scope).select(columns))[0] ?? refuse();
  }
  if (kind === 'email') {
    const { status, reason } = parse(emailStateSchema, body);
    const change = { status, reason: status === 'active' ? null : (reason ?? null), since: now };
    const query = ctx.supabase.from('emails').update(change);
    return unwrap(await query.match(scope).select('id, address, status, reason, since'))[0] ?? refuse();
  }
  const query = ctx.supabase.from('linkedin_profiles').update(parse(linkedInStateSchema, body));
  return unwrap(await query.match(scope).select('id, url, connection_status'))[0] ?? refuse();
}

function refuse(): never {
  throw none();
}
