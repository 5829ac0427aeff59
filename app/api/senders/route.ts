import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getSendingSettings } from '@/modules/sending/queries';
import { createSenderSchema } from '@/modules/sending/schema';
import { createSender } from '@/modules/sending/settings-service';

/** All senders, archived ones last: `{ senders }`. */
export const GET = route({ access: 'query' }, async ({ ctx }) => {
  const { senders } = await getSendingSettings(ctx.supabase, ctx.workspaceId);
  return ok({ senders });
});

/** A new sender: `{ id }`. */
export const POST = route({ access: 'admin', body: createSenderSchema }, async ({ ctx, body }) =>
  created(await createSender(ctx, body)),
);
