import 'server-only';
import { env } from '@/lib/env';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { decide } from '@/modules/gate/domain';
import { factsOfPhone, type PhoneFactsRow } from '@/modules/gate/phone';
import { requireId } from '@/modules/records/service';
import type { DeskBundle, DeskFilter, DeskPage, DeskQuery, DeskRow } from './schema';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Where a page of the desk ended: the last row's rule, its place within it, and its number. */
type DeskCursor = { rule: number; rank: string; id: string };

/** The cursor as callers carry it: opaque, safe in an address. */
export function encodeDeskCursor({ rule, rank, id }: DeskCursor): string {
  return Buffer.from(JSON.stringify([rule, rank, id])).toString('base64url');
}

function decodeDeskCursor(text: string): DeskCursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 3) {
      const [rule, rank, id] = parsed as [unknown, unknown, unknown];
      const isRank = typeof rank === 'string' && rank.length < 40 && Number.isFinite(Number(rank));
      if ((rule === 1 || rule === 2 || rule === 3) && isRank && typeof id === 'string' && uuid.test(id))
        return { rule, rank, id };
    }
  } catch {
    // falls through to the one complaint
  }
  const message = 'This is no cursor of this list; start again without it';
  throw new AppError('invalid', { userMessage: `cursor: ${message}`, fields: { cursor: message } });
}

/**
 * One page of the desk in the order of its rules, in one round trip; the database checks membership.
 * @throws {AppError} `not_found` for a stranger, and for a view that the caller doesn't see; `invalid` at `cursor`
 */
export async function listDesk(
  supabase: Client,
  workspaceId: string,
  { filter, cursor, limit }: DeskQuery,
): Promise<DeskPage> {
  const after = cursor === undefined ? null : decodeDeskCursor(cursor);
  const rows = unwrap(
    await supabase.rpc('list_call_targets', {
      workspace: workspaceId,
      filter,
      page_size: limit,
      ...(after && { after_rule: after.rule, after_rank: after.rank, after_id: after.id }),
    }),
  ) as unknown as (DeskRow & { rank: string })[];
  const more = rows.length > limit;
  if (more) rows.length = limit;
  const last = rows.at(-1);
  return {
    rows: rows.map(({ rank, ...row }) => row),
    next_cursor: more && last ? encodeDeskCursor(last) : null,
  };
}

/** How many numbers a filter finds, counted up to 10,001. One round trip. @throws {AppError} as `listDesk` */
export async function countDesk(supabase: Client, workspaceId: string, filter: DeskFilter): Promise<number> {
  return unwrap(await supabase.rpc('count_call_targets', { workspace: workspaceId, filter }));
}

/** The bundle as the database has it: facts in place of the gate's word. */
export type BundleRow = Omit<DeskBundle, 'gate' | 'can' | 'row'> & {
  row: DeskBundle['row'] & { rank: string };
  facts: PhoneFactsRow;
  own_phone: string | null;
};

/**
 * The panel's bundle: the gate is asked, and how a call can be made from here is said.
 * @param found what the database has
 */
export function bundleOf({ facts, own_phone, row: { rank, ...row }, ...found }: BundleRow): DeskBundle {
  const settings = env();
  const isProviderSet = Boolean(settings.TWILIO_ACCOUNT_SID && settings.TWILIO_AUTH_TOKEN);
  const phone = factsOfPhone(facts);
  const has = (feature: string) => found.numbers.some(({ features }) => features.includes(feature));
  const isBrowserSet = Boolean(
    settings.TWILIO_API_KEY_SID && settings.TWILIO_API_KEY_SECRET && settings.TWILIO_TWIML_APP_SID,
  );
  const dial =
    !isProviderSet || !has('voice') ? 'manual' : isBrowserSet ? 'browser' : own_phone ? 'phone' : 'manual';
  return {
    ...found,
    row,
    gate: decide(
      {
        channel: 'call',
        phone,
        isPlacedByUs: dial !== 'manual',
        isProviderSet,
        number: dial === 'manual' ? null : { status: 'active', breaker: 'closed', isArchived: false },
      },
      new Date(),
    ),
    can: { dial, text: isProviderSet && has('sms') },
  };
}

/** All that the panel of a number shows, in one round trip. @throws {AppError} `not_found` */
export async function getDesk(supabase: Client, workspaceId: string, phoneId: string): Promise<DeskBundle> {
  const found = unwrap(
    await supabase.rpc('call_desk', { workspace: workspaceId, phone: requireId(phoneId) }),
  );
  return bundleOf(found as unknown as BundleRow);
}
