import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { openThreadSchema } from '@/modules/owners/schema';
import { openThread } from '@/modules/owners/service';
import { idParams } from '@/modules/records/schema';

/** Opens the conversation with an owner, made where there is none: `{ id, conversation_id, created }`. */
export const POST = route(
  { access: 'member', params: idParams, body: openThreadSchema },
  async ({ ctx, params, body }) => {
    const thread = await openThread(ctx, params.id, body.property_id ?? null);
    return thread.created ? created(thread) : ok(thread);
  },
);
