import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { decisionSchema } from '@/modules/mailboxes/schema';
import { decideInbound } from '@/modules/mailboxes/service';
import { idParams } from '@/modules/records/schema';

/** A person's word on what looks like a reply: confirm, dismiss, or reopen what was dismissed. */
export const POST = route(
  { access: 'member', params: idParams, body: decisionSchema },
  async ({ ctx, params, body }) => ok(await decideInbound(ctx, params.id, body.verdict)),
);
