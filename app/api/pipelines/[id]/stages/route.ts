import { created, noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { createStage, reorderStages } from '@/modules/verification/pipelines';
import { createStageSchema, stageOrderSchema } from '@/modules/verification/schema';

/** A new stage, behind the last one of its kind: `{ id }`. */
export const POST = route(
  { access: 'admin', feature: 'stages_own', params: idParams, body: createStageSchema },
  async ({ ctx, params, body }) => created(await createStage(ctx, params.id, body)),
);

/** Puts the stages into an order that names each of them. */
export const PUT = route(
  { access: 'admin', params: idParams, body: stageOrderSchema },
  async ({ ctx, params, body }) => {
    await reorderStages(ctx, params.id, body.stages);
    return noContent();
  },
);
