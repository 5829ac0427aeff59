import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { callParams } from '@/modules/telephony/schema';
import { hangUp } from '@/modules/telephony/service';

export const POST = route({ access: 'member', params: callParams }, async ({ ctx, params }) =>
  ok(await hangUp(ctx, params.id)),
);
