import 'server-only';
import { AppError, fromDatabase, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { requireId } from '@/modules/records/service';
import type { ArchiveStage, CreateStage, UpdatePipeline, UpdateStage } from './schema';

/**
 * Makes a pipeline with the stages of a verification.
 * @throws {AppError} `tier_required` on beta; `conflict` at `name` where it is taken
 */
export async function createPipeline(ctx: Context, name: string): Promise<{ id: string }> {
  return { id: unwrap(await ctx.supabase.rpc('create_pipeline', { workspace: ctx.workspaceId, name })) };
}

/**
 * Changes a pipeline: its name, whether new cards go there unless said otherwise, where the rule moves cards, whether it is in use.
 * @throws {AppError} `not_found`; `conflict` for a name that is taken, and for archiving the default one
 */
export async function updatePipeline(ctx: Context, id: string, change: UpdatePipeline): Promise<void> {
  unwrap(
    await ctx.supabase.rpc('update_pipeline', {
      workspace: ctx.workspaceId,
      pipeline: requireId(id),
      change,
    }),
  );
}

/** Adds a stage. @throws {AppError} `tier_required`; `conflict` at `name`; `not_found` */
export async function createStage(
  ctx: Context,
  pipeline: string,
  stage: CreateStage,
): Promise<{ id: string }> {
  const id = unwrap(
    await ctx.supabase.rpc('create_stage', {
      workspace: ctx.workspaceId,
      pipeline: requireId(pipeline),
      stage,
    }),
  );
  return { id };
}

/** Changes a stage. @throws {AppError} `tier_required` for a time limit; `conflict` where cards stand in the way; `not_found` */
export async function updateStage(ctx: Context, stage: string, change: UpdateStage): Promise<void> {
  unwrap(
    await ctx.supabase.rpc('update_stage', { workspace: ctx.workspaceId, stage: requireId(stage), change }),
  );
}

/** Puts a pipeline's stages into an order. @throws {AppError} `conflict` where stages came or went since; `not_found` */
export async function reorderStages(ctx: Context, pipeline: string, stages: string[]): Promise<void> {
  unwrap(
    await ctx.supabase.rpc('reorder_stages', {
      workspace: ctx.workspaceId,
      pipeline: requireId(pipeline),
      stages,
    }),
  );
}

/**
 * Takes a stage away after moving its cards.
 * @returns how many cards moved
 * @throws {AppError} `conflict` for a stage with cards and no place for them; `invalid` at `reason`; `not_found`
 */
export async function archiveStage(
  ctx: Context,
  stage: string,
  { move_to, reason }: ArchiveStage,
): Promise<{ moved: number }> {
  const { data, error } = await ctx.supabase.rpc('archive_stage', {
    workspace: ctx.workspaceId,
    stage: requireId(stage),
    move_to: move_to ?? undefined,
    reason: reason ?? undefined,
  });
  if (error?.hint === 'reason_required' || error?.hint === 'stage_in_use') {
    const field = error.hint === 'stage_in_use' ? 'move_to' : 'reason';
    throw new AppError(error.hint === 'stage_in_use' ? 'conflict' : 'invalid', {
      userMessage: error.message,
      fields: { [field]: error.message },
      cause: error,
    });
  }
  if (error) throw fromDatabase(error);
  return data as unknown as { moved: number };
}

/** Brings a stage back, empty. @throws {AppError} `conflict` where its name is taken; `not_found` */
export async function restoreStage(ctx: Context, stage: string): Promise<void> {
  unwrap(await ctx.supabase.rpc('restore_stage', { workspace: ctx.workspaceId, stage: requireId(stage) }));
}
