import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { updatePipeline } from '@/modules/verification/pipelines';
import { updatePipelineSchema } from '@/modules/verification/schema';

/** Changes a pipeline; `archived: true` puts it away with its cards, `false` brings both back. */
export const PATCH = route(
  { access: 'admin', params: idParams, body: updatePipelineSchema },
  async ({ ctx, params, body }) => {
    await updatePipeline(ctx, params.id, body);
    return noContent();
  },
);
