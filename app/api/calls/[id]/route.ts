import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { callParams } from '@/modules/telephony/schema';
import { getCall } from '@/modules/telephony/service';

export const GET = route({ access: 'query', params: callParams }, async ({ ctx, params }) =>
  ok(await getCall(ctx, params.id)),
);
