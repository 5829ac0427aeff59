import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { saveFollowupsSchema } from '@/modules/calling/settings-schema';
import { getFollowups, saveFollowups } from '@/modules/calling/settings-service';

/** Which mail follows which outcome, and what can be chosen for it: `{ rules, templates, senders, mailbox, has_domain }`. */
export const GET = route({ access: 'query' }, async ({ ctx }) =>
  ok(await getFollowups(ctx.supabase, ctx.workspaceId)),
);

/** Sets all of the rules, and answers as GET does. */
export const PUT = route({ access: 'admin', body: saveFollowupsSchema }, async ({ ctx, body }) =>
  ok(await saveFollowups(ctx, body)),
);
