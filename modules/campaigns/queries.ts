import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import type { Tier } from '@/lib/tiers';
import { decodeCursor, encodeCursor } from '@/modules/records/cursor';
import type { Page } from '@/modules/records/queries';
import { requireId } from '@/modules/records/service';
import type { CampaignDetail, CampaignRow, EmailDetail, EmailRow, LeftOut, RecipientRow } from './answers';
import type { Fields, ListCampaigns, ListEmails, ListLeftOut, ListRecipients, Snapshot } from './schema';

type Order = { sort: string; dir: 'asc' | 'desc' };
type Sorted = { id: string; sort_value: string };

/** Where a page begins: what the SQL functions call `after_value` and `after_id`. */
function afterOf(cursor: string | undefined, order: Order): { after_value?: string; after_id?: string } {
  if (cursor === undefined) return {};
  const { value, id } = decodeCursor(cursor, order);
  if (order.sort === 'created' || order.sort === 'run_at') {
    if (value !== 'infinity' && Number.isNaN(Date.parse(value))) {
      throw new AppError('invalid', {
        userMessage: 'cursor: Not a cursor',
        fields: { cursor: 'Not a cursor' },
      });
    }
  }
  return { after_value: value, after_id: id };
}

/** A page from rows of which there is one more than asked for where there is a next page. */
function toPage<Row extends { id: string }>(given: unknown, limit: number, order: Order): Page<Row> {
  const rows = given as (Row & Sorted)[];
  const more = rows.length > limit;
  if (more) rows.length = limit;
  const last = rows.at(-1);
  return {
    rows: rows.map(({ sort_value, ...row }) => row as unknown as Row),
    nextCursor: more && last ? encodeCursor({ ...order, value: last.sort_value, id: last.id }) : null,
  };
}

const byName = { sort: 'name', dir: 'asc' } as const;
const byCreation = { sort: 'created', dir: 'desc' } as const;
const byTime = { sort: 'run_at', dir: 'asc' } as const;

/** One page of campaigns, the newest first. One round trip. @throws {AppError} `not_found` for a stranger */
export async function listCampaigns(
  supabase: Client,
  workspaceId: string,
  { status, q, cursor, limit }: ListCampaigns,
): Promise<Page<CampaignRow>> {
  const data = unwrap(
    await supabase.rpc('list_campaigns', {
      workspace: workspaceId,
      query: q,
      page_size: limit,
      ...(status && { states: status }),
      ...afterOf(cursor, byCreation),
    }),
  );
  return toPage(data, limit, byCreation);
}

/** A campaign with its graph and its numbers, or null. One round trip. @throws {AppError} `not_found` for a stranger */
export async function findCampaign(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<CampaignDetail | null> {
  const data = unwrap(
    await supabase.rpc('get_campaign', { workspace: workspaceId, campaign: requireId(id) }),
  );
  return data as unknown as CampaignDetail | null;
}

/** As findCampaign. @throws {AppError} `not_found`, also for an id that can't be one */
export async function getCampaign(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<CampaignDetail> {
  const campaign = await findCampaign(supabase, workspaceId, id);
  if (!campaign) throw new AppError('not_found', { userMessage: 'Not found' });
  return campaign;
}

/** One page of a campaign's recipients, by name. One round trip. */
export async function listRecipients(
  supabase: Client,
  workspaceId: string,
  id: string,
  { status, q, cursor, limit }: ListRecipients,
): Promise<Page<RecipientRow>> {
  const data = unwrap(
    await supabase.rpc('list_campaign_recipients', {
      workspace: workspaceId,
      campaign: requireId(id),
      query: q,
      page_size: limit,
      ...(status && { wanted_status: status }),
      ...afterOf(cursor, byName),
    }),
  );
  return toPage(data, limit, byName);
}

/** Who was chosen and isn't a recipient: counts by reason as it is now, and one page by name. One round trip. */
export async function listLeftOut(
  supabase: Client,
  workspaceId: string,
  id: string,
  { reason, cursor, limit }: ListLeftOut,
): Promise<LeftOut> {
  const data = unwrap(
    await supabase.rpc('list_campaign_left_out', {
      workspace: workspaceId,
      campaign: requireId(id),
      page_size: limit,
      ...(reason && { why: reason }),
      ...afterOf(cursor, byName),
    }),
  );
  const { counts, rows } = data as unknown as { counts: Record<string, number>; rows: unknown };
  const page = toPage<LeftOut['rows'][number] & { id: string }>(rows, limit, byName);
  return { counts, rows: page.rows.map(({ id: _, ...row }) => row), nextCursor: page.nextCursor };
}

/** One page of a campaign's mails, by when they go or went; those in review stand last. One round trip. */
export async function listEmails(
  supabase: Client,
  workspaceId: string,
  id: string,
  { cursor, limit, ...filter }: ListEmails,
): Promise<Page<EmailRow>> {
  const data = unwrap(
    await supabase.rpc('list_campaign_emails', {
      workspace: workspaceId,
      campaign: requireId(id),
      filter: {
        q: filter.q,
        ...(filter.status && { status: filter.status }),
        ...(filter.step && { step: filter.step }),
        ...(filter.variant !== undefined && { variant: String(filter.variant) }),
      },
      page_size: limit,
      ...afterOf(cursor, byTime),
    }),
  );
  return toPage(data, limit, byTime);
}

/** One mail of a campaign with its body. @throws {AppError} `not_found` */
export async function getEmail(
  supabase: Client,
  workspaceId: string,
  id: string,
  emailId: string,
): Promise<EmailDetail> {
  const data = unwrap(
    await supabase.rpc('get_campaign_email', {
      workspace: workspaceId,
      campaign: requireId(id),
      email: requireId(emailId),
    }),
  );
  if (!data) throw new AppError('not_found', { userMessage: 'Not found' });
  return data as unknown as EmailDetail;
}

/** What previews, tests and the check before a launch stand on. */
export type PreviewData = {
  status: string;
  version: number;
  /** Of a draft, it may lack entry and sender. */
  snapshot: Omit<Snapshot, 'entryStepId' | 'sender'> & {
    entryStepId: string | null;
    sender: Snapshot['sender'] | null;
  };
  sender_is_archived: boolean;
  recipients: number;
  tier: Tier;
  domains: { id: string; domain: string }[];
  recipient: {
    id: string;
    person_id: string;
    thread_token: string;
    variant: number;
    fields: Fields;
  } | null;
};

/**
 * A campaign as a launch would copy it (or has copied it), with one recipient: the given one, else the first.
 * @throws {AppError} `not_found` for a campaign or a recipient that isn't there
 */
export async function getPreviewData(
  supabase: Client,
  workspaceId: string,
  id: string,
  recipientId?: string | null,
): Promise<PreviewData> {
  const data = unwrap(
    await supabase.rpc('campaign_preview_data', {
      workspace: workspaceId,
      campaign: requireId(id),
      ...(recipientId && { recipient: recipientId }),
    }),
  );
  return data as unknown as PreviewData;
}

/** A recipient who lacks a field that some mail names. */
export type FieldGap = { id: string; name: string | null; fields: Fields };

/** Every recipient who lacks any of these fields. One round trip for each 5,000 recipients. */
export async function listFieldGaps(
  supabase: Client,
  workspaceId: string,
  id: string,
  fields: string[],
): Promise<FieldGap[]> {
  const gaps: FieldGap[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const data = unwrap(
      await supabase.rpc('campaign_field_gaps', {
        workspace: workspaceId,
        campaign: requireId(id),
        wanted: fields,
        ...(after && { after_id: after }),
      }),
    );
    const page = data as unknown as { next: string | null; rows: FieldGap[] };
    gaps.push(...page.rows);
    after = page.next;
  }
  return gaps;
}
