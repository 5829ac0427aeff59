import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { previewBatchSchema } from '@/modules/texts/schema';
import { previewBatch } from '@/modules/texts/service';

/** Whom a text to many would reach, who is left out and why, and how it would read. */
export const POST = route({ access: 'member', body: previewBatchSchema }, async ({ ctx, body }) =>
  ok(await previewBatch(ctx, body)),
);
