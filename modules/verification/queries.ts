import 'server-only';
import type { z } from 'zod';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { requireId } from '@/modules/records/service';
import type { Board, BoardCard, BoardChanges, Pipeline, ScoreRules, StageMove, Verification } from './domain';
import type { boardCardsQuery, boardChangesQuery, boardQuery } from './schema';

/**
 * A board: its stages with their counts and first cards, in one round trip; the database checks membership.
 * @throws {AppError} `not_found` for a stranger, and for a pipeline that isn't there or is archived
 */
export async function getBoard(
  supabase: Client,
  workspaceId: string,
  { pipeline, filter, limit }: z.output<typeof boardQuery>,
): Promise<Board> {
  const board = unwrap(
    await supabase.rpc('get_board', { workspace: workspaceId, pipeline, filter, page_size: limit }),
  );
  return board as unknown as Board;
}

/** The cards of a stage below a rank. @throws {AppError} `not_found` */
export async function listBoardCards(
  supabase: Client,
  workspaceId: string,
  { stage, after, filter, limit }: z.output<typeof boardCardsQuery>,
): Promise<BoardCard[]> {
  const cards = unwrap(
    await supabase.rpc('list_board_cards', {
      workspace: workspaceId,
      stage,
      filter,
      after_rank: after,
      page_size: limit,
    }),
  );
  return cards as unknown as BoardCard[];
}

/** What became of some cards of a board. */
export async function getBoardChanges(
  supabase: Client,
  workspaceId: string,
  query: z.output<typeof boardChangesQuery>,
): Promise<BoardChanges> {
  const changes = unwrap(await supabase.rpc('get_board_changes', { workspace: workspaceId, ...query }));
  return changes as unknown as BoardChanges;
}

/** Everything a card's panel shows, in one round trip. @throws {AppError} `not_found` */
export async function getVerification(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<Verification> {
  const found = unwrap(
    await supabase.rpc('get_verification', { workspace: workspaceId, card: requireId(id) }),
  );
  return found as unknown as Verification;
}

/** A card's way through the stages, the latest first. @throws {AppError} `not_found` */
export async function listMoves(supabase: Client, workspaceId: string, id: string): Promise<StageMove[]> {
  return (await getVerification(supabase, workspaceId, id)).moves;
}

/** All pipelines with their stages, archived ones last. */
export async function listPipelines(supabase: Client, workspaceId: string): Promise<Pipeline[]> {
  return unwrap(await supabase.rpc('list_pipelines', { workspace: workspaceId })) as unknown as Pipeline[];
}

/** A card of a property, for the property's page. */
export type PropertyCard = {
  id: string;
  status: string;
  score: number | null;
  stage: string;
  pipeline: { id: string; name: string };
};

/** The cards of a property on boards that are in use, the active ones first, then the latest. */
export async function listCardsOfProperty(
  supabase: Client,
  workspaceId: string,
  propertyId: string,
): Promise<PropertyCard[]> {
  return unwrap(
    await supabase.rpc('list_cards_of_property', { workspace: workspaceId, property: propertyId }),
  ) as unknown as PropertyCard[];
}

/** How many active cards the properties have. */
export async function countActiveCards(
  supabase: Client,
  workspaceId: string,
  properties: string[],
): Promise<number> {
  return unwrap(await supabase.rpc('count_active_cards', { workspace: workspaceId, properties }));
}

/** Notes on a card, the newest first. */
export async function listCardNotes(supabase: Client, workspaceId: string, id: string) {
  return unwrap(
    await supabase
      .from('notes')
      .select('id, body, author_id, created_at, updated_at')
      .eq('workspace_id', workspaceId)
      .eq('verification_id', requireId(id))
      .order('created_at', { ascending: false })
      .limit(200),
  );
}

/** What scores are counted with, from a workspace's settings as they are stored. */
export async function getScoreRules(supabase: Client, workspaceId: string): Promise<ScoreRules> {
  return unwrap(
    await supabase.rpc('get_verification_settings', { workspace: workspaceId }),
  ) as unknown as ScoreRules;
}
