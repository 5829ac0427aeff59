import 'server-only';
import { writeCsv } from '@/lib/csv/write';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { decodeCursor, encodeCursor } from '@/modules/records/cursor';
import { outcomeWord, reachedWords } from './domain';
import { followupState } from './followup-words';
import type { HistoryPage, HistoryRow, HistoryState, Leaderboard } from './history';
import type { HistoryFilter } from './history-schema';

const order = { sort: 'calls', dir: 'desc' } as const;
const exportPage = 1000;

/** A state of the screen as the API's filter. */
export function filterOf(state: HistoryState): HistoryFilter {
  const { outcomes, ...rest } = state;
  const given = Object.entries(rest).filter(([, value]) => value !== null && value !== '');
  return { ...Object.fromEntries(given), ...(outcomes.length > 0 && { outcome: outcomes }) };
}

async function readPage(
  supabase: Client,
  workspaceId: string,
  { outcome, q, ...filter }: HistoryFilter,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<Omit<HistoryPage, 'next_cursor'> & { last: HistoryRow | undefined }> {
  const page = unwrap(
    await supabase.rpc('list_call_history', {
      workspace: workspaceId,
      filter: { ...filter, ...(outcome && { outcomes: outcome }), ...(q && { q }) },
      page_size: limit,
      ...(after && { after_at: after.at, after_id: after.id }),
    }),
  ) as unknown as { time_zone: string; rows: HistoryRow[] };
  const rows = page.rows.slice(0, limit);
  return { ...page, rows, last: page.rows.length > limit ? rows.at(-1) : undefined };
}

/**
 * One page of calls, the latest first.
 * @throws {AppError} `not_found` for who isn't a member, `invalid` at `cursor`
 */
export async function listCallHistory(
  supabase: Client,
  workspaceId: string,
  filter: HistoryFilter,
  { cursor, limit }: { cursor?: string; limit: number } = { limit: 50 },
): Promise<HistoryPage> {
  const at = cursor === undefined ? null : decodeCursor(cursor, order);
  const after = at && { at: at.value, id: at.id };
  const { last, ...page } = await readPage(supabase, workspaceId, filter, after, limit);
  const next = last && encodeCursor({ ...order, value: last.started_at, id: last.id });
  return { ...page, next_cursor: next ?? null };
}

const columns = [
  'When',
  'Caller',
  'Direction',
  'Number',
  'Person',
  'Outcome',
  'Reached',
  'Talk time (s)',
  'Next step',
  'E-mail given',
  'Follow-up e-mail',
  'Notes',
  'Taken back',
];

/** An instant as a spreadsheet reads it, on the workspace's clock: `2026-03-03 14:05`. */
function stamp(at: string | null, timeZone: string): string {
  if (!at) return '';
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(at),
  );
}

const cellsOf = (call: HistoryRow, zone: string): string[] => [
  stamp(call.started_at, zone),
  call.by?.name ?? '',
  call.direction === 'in' ? 'In' : 'Out',
  call.phone.e164,
  call.person?.name ?? call.people.map(({ name }) => name).join('; '),
  call.outcome ? outcomeWord(call.outcome) : '',
  call.reached ? reachedWords[call.reached] : '',
  call.duration_seconds === null ? '' : String(call.duration_seconds),
  stamp(call.next_step_at, zone),
  call.email_captured ?? '',
  followupState(call.followup, zone)?.words ?? '',
  call.notes,
  stamp(call.undone_at, zone),
];

/** The calls as a CSV file in pieces, the latest first, the byte order mark ahead so that Excel reads it as UTF-8. */
export async function* exportCallHistory(
  supabase: Client,
  workspaceId: string,
  filter: HistoryFilter,
): AsyncGenerator<string> {
  yield `\ufeff${writeCsv([columns])}`;
  let after: { at: string; id: string } | null = null;
  for (;;) {
    const page = await readPage(supabase, workspaceId, filter, after, exportPage);
    if (page.rows.length > 0) yield writeCsv(page.rows.map((call) => cellsOf(call, page.time_zone)));
    if (!page.last) return;
    after = { at: page.last.started_at, id: page.last.id };
  }
}

/**
 * What was done in a span of days, by caller and by day. Without a first day: the last `days`, or seven.
 * @throws {AppError} `not_found` for who isn't a member
 */
export async function getLeaderboard(
  supabase: Client,
  workspaceId: string,
  { from, to, days }: { from?: string | null; to?: string | null; days?: number },
): Promise<Leaderboard> {
  return unwrap(
    await supabase.rpc('call_leaderboard', {
      workspace: workspaceId,
      ...(from && { from_day: from }),
      ...(to && { to_day: to }),
      ...(days && { days }),
    }),
  ) as unknown as Leaderboard;
}

/** The names of what the history is narrowed to; what is gone or a stranger's has none. */
export async function findHistoryNames(
  supabase: Client,
  workspaceId: string,
  { person, phone }: Pick<HistoryState, 'person' | 'phone'>,
): Promise<{ person?: string; phone?: string }> {
  const scope = (id: string) => ({ workspace_id: workspaceId, id });
  const [somebody, number] = await Promise.all([
    person ? supabase.from('people').select('display_name').match(scope(person)).maybeSingle() : null,
    phone ? supabase.from('phones').select('e164').match(scope(phone)).maybeSingle() : null,
  ]);
  const name = somebody && unwrap(somebody)?.display_name;
  const e164 = number && unwrap(number)?.e164;
  return { ...(name && { person: name }), ...(e164 && { phone: e164 }) };
}
