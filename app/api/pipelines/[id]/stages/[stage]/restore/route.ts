import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { restoreStage } from '@/modules/verification/pipelines';
import { stageParams } from '@/modules/verification/schema';

/** Brings a stage back where it stood, empty. */
export const POST = route(
  { access: 'admin', feature: 'stages_own', params: stageParams },
  async ({ ctx, params }) => {
    await restoreStage(ctx, params.stage);
    return noContent();
  },
);
