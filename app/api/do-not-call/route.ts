import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listDoNotCall } from '@/modules/do-not-call/queries';
import { addDoNotCallSchema, listDoNotCallSchema } from '@/modules/do-not-call/schema';
import { addDoNotCall } from '@/modules/do-not-call/service';

/** Numbers that must not be called, the latest first: `{ rows, next_cursor, total }`. */
export const GET = route({ access: 'query', query: listDoNotCallSchema }, async ({ ctx, query }) =>
  ok(await listDoNotCall(ctx.supabase, ctx.workspaceId, query)),
);

/** Puts a number on the list: `{ id, e164, is_added }`; 200 where it was on it already. */
export const POST = route({ access: 'member', body: addDoNotCallSchema }, async ({ ctx, body }) => {
  const added = await addDoNotCall(ctx, body);
  return added.is_added ? created(added) : ok(added);
});
