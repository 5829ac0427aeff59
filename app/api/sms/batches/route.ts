import { kickCron } from '@/lib/http/cron';
import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listBatches } from '@/modules/texts/queries';
import { createBatchSchema, listBatchesQuery } from '@/modules/texts/schema';
import { createBatch } from '@/modules/texts/service';

/** One page of texts to many, the newest first: `{ rows, next_cursor }`. */
export const GET = route({ access: 'query', query: listBatchesQuery }, async ({ ctx, query }) =>
  ok(await listBatches(ctx.supabase, ctx.workspaceId, query)),
);

/** One text to many: 201 with the batch, whose texts are written and sent behind. */
export const POST = route(
  { access: 'member', feature: 'sms_bulk', body: createBatchSchema },
  async ({ ctx, body }) => {
    const batch = await createBatch(ctx, body);
    kickCron('drain-sms-queue', ctx.log);
    return created(batch);
  },
);
