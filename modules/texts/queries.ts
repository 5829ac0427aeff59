import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import { twilioProblem } from '@/lib/providers/twilio';
import type { Client } from '@/lib/supabase/server';
import { decodeCursor, encodeCursor } from '@/modules/records/cursor';
import { displayPhone } from '@/modules/records/queries';
import { requireId } from '@/modules/records/service';
import type { BatchRow, OurNumber, TextPhone, TextRow, Texts, TextThread } from './answers';
import { decideText, type TextFactsRow } from './facts';
import type { ListBatches, ListBatchTexts, ListTexts } from './schema';

/** A page of a list; `next_cursor` asks for the next one. */
export type TextPage<Row> = { rows: Row[]; next_cursor: string | null };

const byCreation = { sort: 'created', dir: 'desc' } as const;

function afterOf(cursor: string | undefined): { after_value?: string; after_id?: string } {
  if (cursor === undefined) return {};
  const { value, id } = decodeCursor(cursor, byCreation);
  if (Number.isNaN(Date.parse(value))) {
    throw new AppError('invalid', {
      userMessage: 'cursor: Not a cursor',
      fields: { cursor: 'Not a cursor' },
    });
  }
  return { after_value: value, after_id: id };
}

/** A page from rows of which there is one more than asked for where there is a next page. */
function toPage<Row extends { id: string }>(given: unknown, limit: number): TextPage<Row> {
  const rows = given as (Row & { sort_value: string })[];
  const more = rows.length > limit;
  if (more) rows.length = limit;
  const last = rows.at(-1);
  return {
    rows: rows.map(({ sort_value, ...row }) => row as unknown as Row),
    next_cursor: more && last ? encodeCursor({ ...byCreation, value: last.sort_value, id: last.id }) : null,
  };
}

function withDisplay(page: TextPage<TextRow>): TextPage<TextRow> {
  for (const { phone } of page.rows) phone.display = displayPhone(phone.e164);
  return page;
}

type ThreadRow = Omit<TextThread, 'phone'> & {
  phone: Omit<TextPhone, 'display' | 'decision'>;
  facts: TextFactsRow;
};

/** Threads as screens have them: each number as people write it, with what the gate says of a text to it now. */
function toTexts(given: unknown): Texts {
  const { threads, numbers } = given as { threads: ThreadRow[]; numbers: Omit<OurNumber, 'display'>[] };
  const problem = twilioProblem();
  const now = new Date();
  const asked = { purpose: 'direct', segments: 1, isProviderSet: problem === null } as const;
  return {
    threads: threads.map(({ facts, phone, ...thread }) => ({
      ...thread,
      phone: { ...phone, display: displayPhone(phone.e164), decision: decideText(facts, asked, now) },
    })),
    numbers: numbers.map((number) => ({ ...number, display: displayPhone(number.e164) })),
    problem,
  };
}

/** The conversations with a person, a thread for each of their numbers. One round trip. @throws {AppError} `not_found` */
export async function getPersonTexts(supabase: Client, workspaceId: string, id: string): Promise<Texts> {
  return toTexts(
    unwrap(await supabase.rpc('person_texts', { workspace: workspaceId, person: requireId(id) })),
  );
}

/** The conversation with a number. One round trip. @throws {AppError} `not_found` */
export async function getPhoneTexts(supabase: Client, workspaceId: string, id: string): Promise<Texts> {
  return toTexts(unwrap(await supabase.rpc('phone_texts', { workspace: workspaceId, phone: requireId(id) })));
}

/** One page of all texts, the newest first. One round trip. */
export async function listTexts(
  supabase: Client,
  workspaceId: string,
  { direction, status, cursor, limit }: ListTexts,
): Promise<TextPage<TextRow>> {
  const rows = await supabase.rpc('list_texts', {
    workspace: workspaceId,
    page_size: limit,
    ...(direction && { wanted_direction: direction }),
    ...(status && { wanted_status: status }),
    ...afterOf(cursor),
  });
  return withDisplay(toPage(unwrap(rows), limit));
}

/** One page of texts to many, the newest first. One round trip. */
export async function listBatches(
  supabase: Client,
  workspaceId: string,
  { status, cursor, limit }: ListBatches,
): Promise<TextPage<BatchRow>> {
  const rows = await supabase.rpc('list_text_batches', {
    workspace: workspaceId,
    page_size: limit,
    ...(status && { wanted_status: status }),
    ...afterOf(cursor),
  });
  return toPage(unwrap(rows), limit);
}

/** One text to many with its counts. @throws {AppError} `not_found` */
export async function getBatch(supabase: Client, workspaceId: string, id: string): Promise<BatchRow> {
  const row = await supabase.rpc('get_text_batch', { workspace: workspaceId, batch: requireId(id) });
  return unwrap(row) as unknown as BatchRow;
}

/** One page of the texts of a batch; `status`: exactly those that the count of that name counts. */
export async function listBatchTexts(
  supabase: Client,
  workspaceId: string,
  id: string,
  { status, cursor, limit }: ListBatchTexts,
): Promise<TextPage<TextRow>> {
  const rows = await supabase.rpc('list_batch_texts', {
    workspace: workspaceId,
    batch: requireId(id),
    page_size: limit,
    ...(status && { state: status }),
    ...afterOf(cursor),
  });
  return withDisplay(toPage(unwrap(rows), limit));
}
