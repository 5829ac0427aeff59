import 'server-only';
import type { z } from 'zod';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { requireId } from '@/modules/records/service';
import type { ConversationPage, conversationQuery, Message } from './schema';

/** Where a page of messages ended, as callers carry it. */
function readMark(mark: string): { before_at: string; before_id: string } {
  const [at = '', id = ''] = mark.split('|');
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/i.test(id)) {
    const message = 'This is no mark of a conversation; start again without it';
    throw new AppError('invalid', { userMessage: `before: ${message}`, fields: { before: message } });
  }
  return { before_at: at, before_id: id };
}

/**
 * A conversation with a page of its messages, in one round trip; the database checks membership.
 * @throws {AppError} `not_found`; `invalid` at `before`
 */
export async function getConversation(
  supabase: Client,
  workspaceId: string,
  id: string,
  { before, limit }: z.output<typeof conversationQuery>,
): Promise<ConversationPage> {
  const data = unwrap(
    await supabase.rpc('get_conversation', {
      workspace: workspaceId,
      conversation: requireId(id),
      page_size: limit,
      ...(before && readMark(before)),
    }),
  ) as unknown as (ConversationPage['conversation'] & { messages: Message[] }) | null;
  if (!data) throw new AppError('not_found', { userMessage: 'Not found' });
  const { messages, ...conversation } = data;
  const page = messages.slice(0, limit);
  const last = page.at(-1);
  return {
    conversation,
    messages: page,
    nextBefore: messages.length > limit && last ? `${last.created_at}|${last.id}` : null,
  };
}
