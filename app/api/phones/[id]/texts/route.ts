import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getPhoneTexts } from '@/modules/texts/queries';
import { textParams } from '@/modules/texts/schema';

/** The texts with a phone, either way: `{ threads, numbers, problem }`. */
export const GET = route({ access: 'query', params: textParams }, async ({ ctx, params }) =>
  ok(await getPhoneTexts(ctx.supabase, ctx.workspaceId, params.id)),
);
