import 'server-only';
import { AppError, fromDatabase, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { requireId } from '@/modules/records/service';
import type { BoardCard, ScoreRules } from './domain';
import type { AddToBoard, Move, UpdateVerification } from './schema';

/**
 * Moves a card to a stage, or to another place within its own, and keeps the move.
 * @returns the card as it is now
 * @throws {AppError} `conflict` with `current`, the card as it is, where somebody moved it since; `invalid` at `reason` for
 *   a lost stage without one; `not_found` for a card or stage that isn't on this board
 */
export async function moveCard(ctx: Context, move: Move): Promise<BoardCard> {
  const { data, error } = await ctx.supabase.rpc('move_verification', {
    workspace: ctx.workspaceId,
    card: move.card_id,
    to_stage: move.to_stage_id,
    // the generated types know no null among the arguments of a function
    above: move.above as string,
    below: move.below as string,
    expected_version: move.version,
    reason: move.reason ?? undefined,
  });
  if (error?.hint === 'reason_required') {
    throw new AppError('invalid', {
      userMessage: error.message,
      fields: { reason: error.message },
      cause: error,
    });
  }
  if (error) throw fromDatabase(error);
  const { moved, card } = data as unknown as { moved: boolean; card: BoardCard | null };
  if (!moved) {
    throw new AppError('conflict', {
      userMessage: 'Somebody moved this card in the meantime',
      current: card,
    });
  }
  return card as BoardCard;
}

/** What came of putting properties on a board: the new cards, and the active ones of those that had one. */
export type AddedToBoard = { pipeline_id: string; added: string[]; skipped: string[] };

/**
 * Puts properties on a board, at the top of a stage. Those with an active card there are skipped.
 * @throws {AppError} `not_found` for a property, pipeline or open stage that isn't there
 */
export async function addToBoard(ctx: Context, given: AddToBoard): Promise<AddedToBoard> {
  const added = unwrap(
    await ctx.supabase.rpc('add_to_board', {
      workspace: ctx.workspaceId,
      pipeline: (given.pipeline_id ?? null) as string,
      stage: (given.stage_id ?? null) as string,
      properties: given.property_ids,
    }),
  );
  return added as unknown as AddedToBoard;
}

/**
 * Takes cards off the board, or puts them back where they stood. Both may be repeated.
 * @returns the ids of those that changed; putting back leaves out those whose property has another active card by now
 */
export async function setCardsDeleted(ctx: Context, ids: string[], deleted: boolean): Promise<string[]> {
  return unwrap(
    await ctx.supabase.rpc('set_cards_deleted', { workspace: ctx.workspaceId, cards: ids, deleted }),
  );
}

/** Takes one card off the board. @throws {AppError} `not_found` where it isn't there */
export async function removeCard(ctx: Context, id: string): Promise<void> {
  const changed = await setCardsDeleted(ctx, [requireId(id)], true);
  if (changed.length === 0) throw new AppError('not_found', { userMessage: 'Not found' });
}

/**
 * Puts one card back.
 * @throws {AppError} `conflict` where its property has another active card by now; `not_found`
 */
export async function restoreCard(ctx: Context, id: string): Promise<void> {
  const changed = await setCardsDeleted(ctx, [requireId(id)], false);
  if (changed.length > 0) return;
  const [row] = unwrap(
    await ctx.supabase
      .from('verifications')
      .select('deleted_at')
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', id),
  );
  if (!row) throw new AppError('not_found', { userMessage: 'Not found' });
  if (row.deleted_at) {
    throw new AppError('conflict', {
      userMessage: 'This property has an active card on this board already',
    });
  }
}

/**
 * Changes a card's owner, assignee or score inputs. New inputs are counted at once, and may move the card by rule.
 * @returns the card as it is now
 * @throws {AppError} `not_found` for the card, an owner or a member that isn't here
 */
export async function updateVerification(
  ctx: Context,
  id: string,
  change: UpdateVerification,
): Promise<BoardCard> {
  const card = unwrap(
    await ctx.supabase.rpc('update_verification', {
      workspace: ctx.workspaceId,
      card: requireId(id),
      change,
    }),
  );
  return card as unknown as BoardCard;
}

/** Changes what scores are counted with; every card is counted anew. @returns the rules as they are now */
export async function updateScoreRules(ctx: Context, change: Partial<ScoreRules>): Promise<ScoreRules> {
  const rules = unwrap(
    await ctx.supabase.rpc('set_verification_settings', { workspace: ctx.workspaceId, change }),
  );
  return rules as unknown as ScoreRules;
}

/** Writes a note on a card; it stands on its property's and owner's timeline too. @throws {AppError} `not_found` */
export async function createCardNote(ctx: Context, id: string, body: string) {
  const rows = unwrap(
    await ctx.supabase
      .from('notes')
      .insert({
        workspace_id: ctx.workspaceId,
        verification_id: requireId(id),
        author_id: ctx.userId,
        body,
      })
      .select('id, body, author_id, created_at, updated_at'),
  );
  if (!rows[0]) throw new AppError('not_found', { userMessage: 'Not found' });
  return rows[0];
}
