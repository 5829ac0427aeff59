import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listRecipients } from '@/modules/campaigns/queries';
import { addRecipientsSchema, listRecipientsQuery, removeRecipientsSchema } from '@/modules/campaigns/schema';
import { addRecipients, removeRecipients } from '@/modules/campaigns/service';
import { idParams } from '@/modules/records/schema';

/** One page of recipients, by name: `{ rows, nextCursor }`. */
export const GET = route(
  { access: 'query', params: idParams, query: listRecipientsQuery },
  async ({ ctx, params, query }) => ok(await listRecipients(ctx.supabase, ctx.workspaceId, params.id, query)),
);

/** Takes people in, by ids, saved view or filter: `{ added, left_out }`. */
export const POST = route(
  { access: 'member', params: idParams, body: addRecipientsSchema },
  async ({ ctx, params, body }) => ok(await addRecipients(ctx, params.id, body)),
);

/** Takes recipients out of a draft, or ends them where the campaign runs: `{ removed }`. */
export const DELETE = route(
  { access: 'member', params: idParams, body: removeRecipientsSchema },
  async ({ ctx, params, body }) => ok(await removeRecipients(ctx, params.id, body)),
);
