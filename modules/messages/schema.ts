import { z } from 'zod';

/** A message to an owner, or what they said elsewhere. */
export const sendMessageSchema = z.strictObject({
  body: z.string().trim().min(1, 'Write something').max(20_000, 'At most 20,000 characters'),
  direction: z.enum(['out', 'in'], 'out or in').default('out'),
});
export type SendMessage = z.infer<typeof sendMessageSchema>;

/** The query of a conversation: `before` is the `nextBefore` of the page above. */
export const conversationQuery = z.strictObject({
  before: z.string().max(200, 'At most 200 characters').optional(),
  limit: z.coerce.number('A number').int().min(1, 'At least 1').max(100, 'At most 100').default(50),
});

/** One message of a conversation. `author` is null for what the owner wrote. */
export type Message = {
  id: string;
  direction: 'out' | 'in';
  body: string;
  created_at: string;
  author_id: string | null;
  author: string | null;
};

/** A conversation and a page of its messages, the newest first. `nextBefore` is null on the last page. */
export type ConversationPage = {
  conversation: {
    id: string;
    subject: string;
    channel: string;
    created_at: string;
    owner: { id: string; name: string; deleted_at: string | null } | null;
    property: { id: string; name: string } | null;
  };
  messages: Message[];
  nextBefore: string | null;
};
