import { created } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { callParams, dialSchema } from '@/modules/telephony/schema';
import { dial } from '@/modules/telephony/service';

/** Calls a number that the caller has claimed. */
export const POST = route(
  { access: 'member', params: callParams, body: dialSchema },
  async ({ ctx, params, body }) => created(await dial(ctx, params.id, body)),
);
