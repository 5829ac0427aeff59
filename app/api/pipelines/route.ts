import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { createPipeline } from '@/modules/verification/pipelines';
import { listPipelines } from '@/modules/verification/queries';
import { createPipelineSchema } from '@/modules/verification/schema';

/** All pipelines with their stages, archived ones last: `{ pipelines }`. */
export const GET = route({ access: 'query' }, async ({ ctx }) =>
  ok({ pipelines: await listPipelines(ctx.supabase, ctx.workspaceId) }),
);

/** A new pipeline with the stages of a verification: `{ id }`. */
export const POST = route(
  { access: 'admin', feature: 'pipelines_several', body: createPipelineSchema },
  async ({ ctx, body }) => created(await createPipeline(ctx, body.name)),
);
