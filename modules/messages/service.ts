import 'server-only';
import { unwrap } from '@/lib/errors';
import type { MemberContext } from '@/lib/http/context';
import { requireId } from '@/modules/records/service';
import type { Message, SendMessage } from './schema';

/**
 * Writes a message into a conversation; it stands on the owner's timeline too.
 * @throws {AppError} `not_found` where the conversation isn't in this workspace
 */
export async function sendMessage(
  ctx: MemberContext,
  conversation: string,
  message: SendMessage,
): Promise<Message> {
  const row = unwrap(
    await ctx.supabase
      .from('messages')
      .insert({
        ...message,
        workspace_id: ctx.workspaceId,
        conversation_id: requireId(conversation),
        author_id: ctx.userId,
      })
      .select('id, direction, body, created_at, author_id, profiles!messages_author_id_fkey (full_name)')
      .single(),
  );
  const { profiles, direction, ...rest } = row;
  return { ...rest, direction: direction as Message['direction'], author: profiles?.full_name ?? null };
}
