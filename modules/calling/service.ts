import 'server-only';
import { after } from 'next/server';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { endCall } from '@/lib/providers/twilio';
import { requireId } from '@/modules/records/service';
import type { Claim } from './domain';
import type { NextAnswer, NextCall, RecordedCall, RecordOutcome, UndoneCall } from './schema';

/** @throws {AppError} `conflict` with `current`: who has the number, and until when */
function refuseHolder(holder: Claim): never {
  throw new AppError('conflict', {
    userMessage: `${holder.name || 'A colleague'} has this number at the moment`,
    current: holder,
  });
}

/**
 * Claims a number for the caller, for two minutes, or renews their claim.
 * @param takeOver an admin takes it from whoever has it
 * @throws {AppError} `conflict` with `current` ({ user_id, name, expires_at }) where somebody else has it; `forbidden` for a
 *   member who would take over; `not_found`
 */
export async function claimPhone(ctx: Context, phoneId: string, takeOver: boolean): Promise<Claim> {
  const { is_mine, claim } = unwrap(
    await ctx.supabase.rpc('claim_phone', {
      workspace: ctx.workspaceId,
      phone: requireId(phoneId),
      take_over: takeOver,
    }),
  ) as unknown as { is_mine: boolean; claim: Claim };
  return is_mine ? claim : refuseHolder(claim);
}

/** Gives a number back: one's own, or as an admin anybody's. Nothing to give back is fine. */
export async function releasePhone(ctx: Context, phoneId: string): Promise<void> {
  unwrap(await ctx.supabase.rpc('release_phone', { workspace: ctx.workspaceId, phone: requireId(phoneId) }));
}

/**
 * The next number for the caller, claimed: of those that the filter finds and that may be called now, the first by the list's
 * rules that nobody has. What of `skip` the caller had is given back.
 * @throws {AppError} `not_found` for a view of people that the caller doesn't see
 */
export async function nextCall(
  ctx: Pick<Context, 'supabase' | 'workspaceId'>,
  { filter, skip }: NextCall,
): Promise<NextAnswer> {
  const found = unwrap(
    await ctx.supabase.rpc('next_call', { workspace: ctx.workspaceId, filter, passed_over: skip }),
  ) as unknown as Exclude<NextAnswer, { none: true }> | { opens_at: string | null };
  return 'row' in found ? found : { none: true, opens_at: found.opens_at };
}

/**
 * Keeps what a call came to, with all that follows from it, in one transaction.
 * @throws {AppError} `forbidden` without a claim on the number, or for another's call; `conflict` with `current` where somebody else has it,
 *   or where the call has another outcome already; `not_found`
 */
export async function recordOutcome(
  ctx: Context,
  phoneId: string,
  given: RecordOutcome,
): Promise<RecordedCall> {
  const answer = unwrap(
    await ctx.supabase.rpc('record_outcome', {
      workspace: ctx.workspaceId,
      phone: requireId(phoneId),
      given,
    }),
  ) as unknown as (RecordedCall & { ringing?: string[] }) | { holder: Claim };
  if ('holder' in answer) return refuseHolder(answer.holder);
  const { ringing = [], ...recorded } = answer;
  if (ringing.length > 0) after(() => stopRinging(ctx, ringing));
  const mail = recorded.call.followup;
  if (!mail) return recorded;
  const state = mail.status === 'planned' ? 'scheduled' : mail.status;
  return { ...recorded, followup: { state, run_at: mail.run_at, to: mail.to } };
}

/** Ends colleagues' calls that ring a number which must not be called any more. */
async function stopRinging({ log }: Context, sids: string[]): Promise<void> {
  for (const sid of sids) {
    const result = await endCall(sid);
    if (result.kind !== 'accepted' && result.kind !== 'recipient_refused')
      log.warn({ callSid: sid, result }, 'a call to a number that must not be called could not be ended');
  }
}

/**
 * Takes an outcome back; twice is once.
 * @returns the call, and what had gone out already and stays
 * @throws {AppError} `forbidden` for another's, or after the hour, unless by an admin; `conflict` for a call without one; `not_found`
 */
export async function undoOutcome(ctx: Context, callId: string): Promise<UndoneCall> {
  return unwrap(
    await ctx.supabase.rpc('undo_outcome', { workspace: ctx.workspaceId, call: requireId(callId) }),
  ) as unknown as UndoneCall;
}

/** Sets a number aside until a time (ISO 8601), or until somebody brings it back. @throws {AppError} `not_found` */
export async function holdByHand(
  ctx: Context,
  phoneId: string,
  until: string | null,
): Promise<{ id: string }> {
  const id = unwrap(
    await ctx.supabase.rpc('hold_by_hand', {
      workspace: ctx.workspaceId,
      phone: requireId(phoneId),
      until: until ?? undefined,
    }),
  );
  return { id };
}

/** Lifts a hold, whatever put it there. @throws {AppError} `not_found` */
export async function liftHold(ctx: Context, holdId: string): Promise<void> {
  unwrap(await ctx.supabase.rpc('lift_hold', { workspace: ctx.workspaceId, hold: requireId(holdId) }));
}
