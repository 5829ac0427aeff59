import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { updateCallingSettingsSchema } from '@/modules/calling/settings-schema';
import { getCallingSettings, saveCallingSettings } from '@/modules/calling/settings-service';

/** The rules of calls and texts: `{ settings }`. */
export const GET = route({ access: 'query' }, async ({ ctx }) =>
  ok({ settings: await getCallingSettings(ctx.supabase, ctx.workspaceId) }),
);

/** Changes some of them, and answers all: `{ settings }`. */
export const PUT = route({ access: 'admin', body: updateCallingSettingsSchema }, async ({ ctx, body }) =>
  ok({ settings: await saveCallingSettings(ctx, body) }),
);
