/** What the gate asks of a number of theirs, for a dial and for a text. Pure. */
import { Temporal } from 'temporal-polyfill';
import { maxSegments } from '@/modules/texts/domain';
import type { Decision } from './domain';
import type { Reason } from './reasons';
import { closedReason, knownZone, nextOpeningInAll, type SendingWindow } from './window';

/** Why a number, or whoever is behind it, is held: `call_holds.reason`. */
export type HoldReason =
  | 'called'
  | 'person_called'
  | 'property_called'
  | 'owner_confirmed'
  | 'closed'
  | 'rejected'
  | 'wrong_person'
  | 'by_hand';

/** A number as `private.phone_facts` tells of it; times are ISO 8601. */
export type PhoneFacts = {
  e164: string;
  status: 'active' | 'invalid' | 'disconnected';
  lineType: 'mobile' | 'landline' | 'voip' | null;
  isDoNotCall: boolean;
  isOptedOut: boolean;
  /** Whether all who are behind it are deleted or not to be contacted. */
  isNobodyBehind: boolean;
  /** The live claim, whoever has it. */
  claim: { userId: string; name: string | null; expiresAt: string; isMine: boolean } | null;
  /** Those that last; of each reason the latest. `until: null`: until somebody lifts it. */
  holds: { id: string; reason: HoldReason; since: string; until: string | null }[];
  /** When a call was promised for. */
  promisedAt: string | null;
  /** Every zone that it may lie in. */
  zones: string[];
  /** False: neither the number nor an address tells the zone, and the workspace's stands in. */
  isZoneKnown: boolean;
  /** Open from `start` until before `end`, `HH:mm[:ss]` at the called party's place. */
  hours: { start: string; end: string };
  /** Within the last 24 hours; `freeAt`: when there is room again, where there is none. */
  calls: Tally;
  texts: Tally;
};
type Tally = { count: number; cap: number; freeAt: string | null };

/** One of our own numbers. */
export type OwnNumberFacts = {
  status: 'active' | 'paused';
  breaker: 'closed' | 'open' | 'half_open';
  isArchived: boolean;
};

export type CallFacts = {
  channel: 'call';
  phone: PhoneFacts;
  /** Through the provider; false for a call that somebody dials by hand. */
  isPlacedByUs: boolean;
  isProviderSet: boolean;
  /** The number it is placed from; null where none of ours is. */
  number: OwnNumberFacts | null;
  /** An administrator said to dial in spite of a rest or a hold. */
  isOverridden?: boolean;
};

export type TextFacts = {
  channel: 'text';
  /** `auto` answers STOP, START and HELP. */
  purpose: 'direct' | 'bulk' | 'auto';
  /** When it was put into the queue; left out of one that isn't there yet. */
  queuedAt?: string;
  phone: PhoneFacts;
  /** Whom it is addressed to; null where nobody in particular is. */
  person: { isDeleted: boolean; isDoNotContact: boolean; organizationIsDoNotContact: boolean } | null;
  /** They answered a call or a text after it was queued, and the workspace stops what is queued then. */
  isAnswered?: boolean;
  batch: { status: 'sending' | 'paused' | 'completed' | 'cancelled' } | null;
  segments: number;
  isProviderSet: boolean;
  number: OwnNumberFacts | null;
};

/** What `private.phone_facts` answers of one number. */
export type PhoneFactsRow = {
  e164: string;
  status: PhoneFacts['status'];
  line_type: PhoneFacts['lineType'];
  do_not_call: boolean;
  sms_opted_out: boolean;
  nobody_behind: boolean;
  claim: { user_id: string; name: string | null; expires_at: string; is_mine: boolean } | null;
  holds: PhoneFacts['holds'];
  promised_at: string | null;
  zones: string[];
  is_zone_known: boolean;
  hours: { start: string; end: string };
  calls: { count: number; cap: number; free_at: string | null };
  texts: { count: number; cap: number; free_at: string | null };
};

/** A number's facts from a value of `private.phone_facts`. */
export function factsOfPhone(row: PhoneFactsRow): PhoneFacts {
  const { claim } = row;
  const tally = ({ count, cap, free_at }: PhoneFactsRow['calls']): Tally => ({ count, cap, freeAt: free_at });
  return {
    e164: row.e164,
    status: row.status,
    lineType: row.line_type,
    isDoNotCall: row.do_not_call,
    isOptedOut: row.sms_opted_out,
    isNobodyBehind: row.nobody_behind,
    claim: claim && {
      userId: claim.user_id,
      name: claim.name,
      expiresAt: claim.expires_at,
      isMine: claim.is_mine,
    },
    holds: row.holds,
    promisedAt: row.promised_at,
    zones: row.zones,
    isZoneKnown: row.is_zone_known,
    hours: row.hours,
    calls: tally(row.calls),
    texts: tally(row.texts),
  };
}

/** In the order in which they are told: those that somebody must lift come before those that end by themselves. */
const holdReasons: [HoldReason, Reason][] = [
  ['closed', 'closed'],
  ['rejected', 'rejected'],
  ['wrong_person', 'wrong_person'],
  ['owner_confirmed', 'set_aside'],
  ['by_hand', 'held_by_hand'],
  ['called', 'locked_number'],
  ['person_called', 'locked_person'],
  ['property_called', 'locked_property'],
];
/** An answer to STOP must come within this; one of its kind that is late is a text nobody asked for (47 CFR 64.1200(a)(12)). */
const answerWithinMs = 5 * 60_000;
const lockouts: HoldReason[] = ['called', 'person_called', 'property_called'];

/** `until: null`: something else must happen first. */
type Hold = { reason: Reason; until: number | null; zone?: string };

/** The rests and holds that last at an instant; a promised call ends the rest that came before the promise. */
function holdsOf({ holds, promisedAt }: PhoneFacts, now: number): Hold[] {
  const promised = promisedAt === null ? null : Date.parse(promisedAt);
  return holdReasons.flatMap(([key, reason]) => {
    const hold = holds.find((each) => each.reason === key);
    if (!hold) return [];
    let until = hold.until === null ? null : Date.parse(hold.until);
    if (promised !== null && lockouts.includes(key) && promised >= Date.parse(hold.since))
      until = Math.min(until ?? promised, promised);
    return until !== null && until <= now ? [] : [{ reason, until }];
  });
}

function capOf(reason: 'call_cap' | 'text_cap', { count, cap, freeAt }: Tally): Hold[] {
  return count < cap ? [] : [{ reason, until: freeAt === null ? null : Date.parse(freeAt) }];
}

function windowOf({ start, end }: PhoneFacts['hours']): SendingWindow {
  return { start, end, days: [1, 2, 3, 4, 5, 6, 7], skipHolidays: false };
}

/** The zones that the runtime knows; where it knows none, no clock says that it is open but UTC's. */
function zonesOf({ zones, isZoneKnown }: PhoneFacts): { zones: string[]; isKnown: boolean } {
  const known = zones.map((zone) => knownZone([zone])).filter(({ isFallback }) => !isFallback);
  if (known.length === 0) return { zones: [knownZone([]).zone], isKnown: false };
  return { zones: known.map(({ zone }) => zone), isKnown: isZoneKnown && known.length === zones.length };
}

/**
 * Whether the hours are open for a number, in every zone that it may lie in (47 CFR 64.1200(c)(1)).
 * @param at milliseconds since the epoch
 * @returns `zone`: one whose clock keeps it closed, else the first; `opensAt`: null where no instant of eight days suits all of them
 */
export function hoursOf(
  phone: Pick<PhoneFacts, 'zones' | 'isZoneKnown' | 'hours'>,
  at: number,
): { isOpen: boolean; zone: string; isKnown: boolean; opensAt: number | null } {
  const { zones, isKnown } = zonesOf(phone as PhoneFacts);
  const window = windowOf(phone.hours);
  const instant = Temporal.Instant.fromEpochMilliseconds(at);
  const closed = zones.find((zone) => closedReason(window, instant.toZonedDateTimeISO(zone)) !== null);
  const zone = closed ?? (zones[0] as string);
  if (!closed) return { isOpen: true, zone, isKnown, opensAt: at };
  return {
    isOpen: false,
    zone,
    isKnown,
    opensAt: nextOpeningInAll(window, instant, zones)?.epochMilliseconds ?? null,
  };
}

/** The answer to what holds it: the first reason, until none of them does and the hours are open. */
function answer(phone: PhoneFacts, holds: Hold[], now: Date): Decision {
  const at = now.toISOString();
  const hours = hoursOf(phone, now.getTime());
  const clock = { zone: hours.zone, ...(!hours.isKnown && { note: 'zone_unknown' as const }) };
  const all: Hold[] = hours.isOpen ? holds : [...holds, { reason: 'quiet_hours', until: hours.opensAt }];
  const [first] = all;
  if (!first) return { verdict: 'send', reason: 'ok', ...clock, at };
  const ends = all.map(({ until }) => until);
  const latest = ends.includes(null) ? null : Math.max(...(ends as number[]));
  // what ends by night waits for the morning
  const until = latest === null ? null : hoursOf(phone, latest).opensAt;
  return {
    verdict: 'hold',
    reason: first.reason,
    ...(until !== null && { until: new Date(until).toISOString() }),
    ...clock,
    at,
  };
}

function numberHold(number: OwnNumberFacts | null): Hold[] {
  if (!number || number.isArchived || number.status === 'paused')
    return [{ reason: 'number_paused', until: null }];
  return [];
}

const drop = (reason: Reason, now: Date): Decision => ({ verdict: 'drop', reason, at: now.toISOString() });

/** Whether a number may be dialled now; see `decide`. A drop and a hold both say no; an override passes rests and holds alone. */
export function decideCall(facts: CallFacts, now: Date): Decision {
  const { phone } = facts;
  if (phone.isDoNotCall) return drop('do_not_call', now);
  if (phone.status !== 'active') return drop('number_invalid', now);
  if (phone.isNobodyBehind) return drop('nobody_behind', now);
  const at = now.toISOString();
  const [claimed] = claimOf(phone, now.getTime());
  if (claimed?.until)
    return { verdict: 'hold', reason: 'claimed', until: new Date(claimed.until).toISOString(), at };
  if (facts.isPlacedByUs && !facts.isProviderSet) return { verdict: 'hold', reason: 'provider_unset', at };
  const rests = holdsOf(phone, now.getTime());
  const decision = answer(
    phone,
    [
      ...(facts.isPlacedByUs ? numberHold(facts.number) : []),
      ...(facts.isOverridden ? [] : rests),
      ...capOf('call_cap', phone.calls),
    ],
    now,
  );
  const [passed] = rests;
  return facts.isOverridden && passed ? { ...decision, overridden: passed.reason } : decision;
}

/** Somebody else has the number open. */
function claimOf({ claim }: PhoneFacts, now: number): Hold[] {
  if (!claim || claim.isMine) return [];
  const until = Date.parse(claim.expiresAt);
  return until <= now ? [] : [{ reason: 'claimed', until }];
}

function textDrop(facts: TextFacts, now: number): Reason | null {
  const { purpose, phone, person, batch, isAnswered, segments, queuedAt } = facts;
  if (phone.isDoNotCall) return 'do_not_call';
  if (purpose === 'auto')
    return queuedAt !== undefined && now - Date.parse(queuedAt) > answerWithinMs ? 'answer_late' : null;
  if (phone.isOptedOut) return 'opted_out';
  if (phone.status !== 'active') return 'number_invalid';
  if (person?.isDeleted) return 'person_deleted';
  if (person?.isDoNotContact) return 'do_not_contact';
  if (person?.organizationIsDoNotContact) return 'organization_do_not_contact';
  if (phone.isNobodyBehind) return 'nobody_behind';
  if (phone.lineType === 'landline') return 'landline';
  if (segments > maxSegments) return 'too_long';
  if (batch?.status === 'cancelled') return 'batch_cancelled';
  if (isAnswered) return 'answered';
  // a text that somebody writes by hand may follow a call; one of many may not follow a no
  if (purpose === 'bulk') return holdsOf(phone, 0).find(({ until }) => until === null)?.reason ?? null;
  return null;
}

/** Whether a text may go now; see `decide`. */
export function decideText(facts: TextFacts, now: Date): Decision {
  const reason = textDrop(facts, now.getTime());
  if (reason) return drop(reason, now);
  const at = now.toISOString();
  if (facts.batch?.status === 'paused') return { verdict: 'hold', reason: 'batch_paused', at };
  if (!facts.isProviderSet) return { verdict: 'hold', reason: 'provider_unset', at };
  const [own] = numberHold(facts.number);
  if (own) return { verdict: 'hold', reason: own.reason, at };
  if (facts.number?.breaker === 'open') return { verdict: 'hold', reason: 'breaker_open', at };
  if (facts.purpose === 'auto') return { verdict: 'send', reason: 'ok', at };
  return answer(
    facts.phone,
    [
      // a claim keeps nobody from writing; one of many waits until whoever has the number open is done
      ...(facts.purpose === 'bulk'
        ? [...claimOf(facts.phone, now.getTime()), ...holdsOf(facts.phone, now.getTime())]
        : []),
      ...capOf('text_cap', facts.phone.texts),
    ],
    now,
  );
}
