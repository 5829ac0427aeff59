import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { connectSchema } from '@/modules/mailboxes/schema';
import { beginConnect } from '@/modules/mailboxes/service';

/** Begins to connect a mailbox: answers where the person gives the permission. */
export const POST = route({ access: 'member', body: connectSchema }, async ({ ctx, body }) =>
  ok(await beginConnect(ctx, body.address)),
);
