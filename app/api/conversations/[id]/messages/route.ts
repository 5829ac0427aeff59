import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getConversation } from '@/modules/messages/queries';
import { conversationQuery, sendMessageSchema } from '@/modules/messages/schema';
import { sendMessage } from '@/modules/messages/service';
import { idParams } from '@/modules/records/schema';

/** A conversation with a page of its messages, the newest first: `{ conversation, messages, nextBefore }`. */
export const GET = route(
  { access: 'query', params: idParams, query: conversationQuery },
  async ({ ctx, params, query }) =>
    ok(await getConversation(ctx.supabase, ctx.workspaceId, params.id, query)),
);

/** Writes a message into it. */
export const POST = route(
  { access: 'member', params: idParams, body: sendMessageSchema },
  async ({ ctx, params, body }) => created(await sendMessage(ctx, params.id, body)),
);
