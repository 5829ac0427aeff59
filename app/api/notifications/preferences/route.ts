import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getPreferences } from '@/modules/notifications/queries';
import { preferencesSchema } from '@/modules/notifications/schema';
import { savePreferences } from '@/modules/notifications/service';

/** What the caller is told of: `{ muted_kinds, email_digest }`. */
export const GET = route({ access: 'member' }, async ({ ctx }) =>
  ok(await getPreferences(ctx.supabase, ctx.workspaceId, ctx.userId)),
);

/** Changes it; what is left out stays. */
export const PUT = route({ access: 'query', body: preferencesSchema }, async ({ ctx, body }) =>
  ok(await savePreferences(ctx, body)),
);
