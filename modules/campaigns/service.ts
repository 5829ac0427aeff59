import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { Json } from '@/lib/supabase/database.types';
import { peopleList } from '@/modules/people/domain';
import { readListState } from '@/modules/records/domain';
import { toSqlFilter } from '@/modules/records/queries';
import { requireId } from '@/modules/records/service';
import type { ViewState } from '@/modules/views/schema';
import type { AddedRecipients } from './answers';
import { sanitizeTemplate } from './html';
import type { AddRecipients, CreateCampaign, RemoveRecipients, SaveSteps, UpdateCampaign } from './schema';

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });

/** A draft with one empty mail. @returns its id */
export async function createCampaign(
  ctx: Context,
  { name, format }: CreateCampaign,
): Promise<{ id: string }> {
  const id = unwrap(await ctx.supabase.rpc('create_campaign', { workspace: ctx.workspaceId, name, format }));
  return { id };
}

/**
 * Changes a campaign's settings: those of its clock at any time, its sender while it is a draft.
 * @throws {AppError} `not_found`; `conflict` for what a launch has settled; `invalid` where the hours would not be any
 */
export async function updateCampaign(ctx: Context, id: string, change: UpdateCampaign): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('campaigns')
      .update(change)
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', requireId(id))
      .is('deleted_at', null)
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}

/** Puts a draft, or what has ended, away, or brings it back. @throws {AppError} `conflict` for one that runs */
export async function setCampaignDeleted(ctx: Context, id: string, deleted: boolean): Promise<void> {
  unwrap(
    await ctx.supabase.rpc('set_campaign_deleted', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      deleted,
    }),
  );
}

/**
 * Saves the whole graph of a draft; HTML is made safe before it is kept.
 * @returns the new version
 * @throws {AppError} `conflict` where somebody saved since `version`, or it was launched; `tier_required`
 */
export async function saveSteps(
  ctx: Context,
  id: string,
  { version, format, entry_step_id, steps, edges }: SaveSteps,
): Promise<{ version: number }> {
  const kept =
    format ??
    (
      await ctx.supabase
        .from('campaigns')
        .select('format')
        .eq('workspace_id', ctx.workspaceId)
        .eq('id', requireId(id))
        .maybeSingle()
    ).data?.format;
  const safe = steps.map((step) => ({
    ...step,
    sections: step.sections.map((section) =>
      kept === 'html' && section.kind === 'fixed'
        ? { ...section, content: sanitizeTemplate(section.content) }
        : section,
    ),
  }));
  const graph = { ...(format && { format }), entry_step_id, steps: safe, edges };
  const saved = unwrap(
    await ctx.supabase.rpc('save_campaign_steps', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      saw: version,
      graph,
    }),
  );
  return { version: saved };
}

/**
 * Takes people into a draft: by id, by what a saved view of people shows, or by a filter of the people list.
 * @returns how many were taken, and by reason how many not
 * @throws {AppError} `not_found` for a person or a view that isn't there; `invalid` above 25,000
 */
export async function addRecipients(
  ctx: Context,
  id: string,
  given: AddRecipients,
): Promise<AddedRecipients> {
  const chosen: { people?: string[]; filter?: Json } =
    'ids' in given
      ? { people: given.ids }
      : 'view_id' in given
        ? { filter: toSqlFilter(await viewState(ctx, given.view_id)) }
        : { filter: toSqlFilter({ filters: given.filter.filters, q: given.q || given.filter.q }) };
  const added = unwrap(
    await ctx.supabase.rpc('add_campaign_recipients', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      ...chosen,
    }),
  );
  return added as unknown as AddedRecipients;
}

async function viewState(ctx: Context, viewId: string) {
  const view = unwrap(
    await ctx.supabase
      .from('saved_views')
      .select('state')
      .eq('workspace_id', ctx.workspaceId)
      .eq('entity', 'people')
      .eq('id', viewId)
      .maybeSingle(),
  );
  if (!view) throw notFound();
  const { q, filters } = view.state as unknown as ViewState;
  return readListState(peopleList, { q, ...filters });
}

/** Takes recipients out of a draft, or ends them where the campaign runs. @returns how many */
export async function removeRecipients(
  ctx: Context,
  id: string,
  given: RemoveRecipients,
): Promise<{ removed: number }> {
  const removed = unwrap(
    await ctx.supabase.rpc('remove_campaign_recipients', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      ...('ids' in given && { recipients: given.ids }),
    }),
  );
  return { removed };
}

/** Writes to another of the person's addresses. @throws {AppError} `conflict` for one that is suppressed or taken */
export async function setRecipientEmail(
  ctx: Context,
  id: string,
  recipientId: string,
  emailId: string,
): Promise<void> {
  unwrap(
    await ctx.supabase.rpc('set_recipient_email', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      recipient: requireId(recipientId),
      email: emailId,
    }),
  );
}
