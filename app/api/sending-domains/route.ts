import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getSendingSettings } from '@/modules/sending/queries';
import { createDomainSchema } from '@/modules/sending/schema';
import { createDomain } from '@/modules/sending/settings-service';

/** Domains, senders and mailboxes: `{ today, domains, senders, mailboxes }`. */
export const GET = route({ access: 'query' }, async ({ ctx }) =>
  ok(await getSendingSettings(ctx.supabase, ctx.workspaceId)),
);

/** A new domain: `{ id }`. */
export const POST = route({ access: 'admin', body: createDomainSchema }, async ({ ctx, body }) =>
  created(await createDomain(ctx, body)),
);
