import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getBatch } from '@/modules/texts/queries';
import { textParams } from '@/modules/texts/schema';

/** One text to many with its counts. */
export const GET = route({ access: 'query', params: textParams }, async ({ ctx, params }) =>
  ok(await getBatch(ctx.supabase, ctx.workspaceId, params.id)),
);
