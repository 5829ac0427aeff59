import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getEmailStory } from '@/modules/email-analytics/queries';
import { idParams } from '@/modules/records/schema';

/** Which e-mails a person got, will get and will not get, and why. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getEmailStory(ctx.supabase, ctx.workspaceId, params.id)),
);
