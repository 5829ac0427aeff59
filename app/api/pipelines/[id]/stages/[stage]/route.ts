import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { archiveStage, updateStage } from '@/modules/verification/pipelines';
import { archiveStageSchema, stageParams, updateStageSchema } from '@/modules/verification/schema';

/** Changes a stage's name, time limit or meaning. */
export const PATCH = route(
  { access: 'admin', params: stageParams, body: updateStageSchema },
  async ({ ctx, params, body }) => {
    await updateStage(ctx, params.stage, body);
    return noContent();
  },
);

/** Takes a stage away; its cards go to `move_to` first: `{ moved }`. */
export const DELETE = route(
  { access: 'admin', feature: 'stages_own', params: stageParams, body: archiveStageSchema },
  async ({ ctx, params, body }) => ok(await archiveStage(ctx, params.stage, body)),
);
