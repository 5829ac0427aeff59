import { route } from '@/lib/http/route';
import { callParams } from '@/modules/telephony/schema';
import { getRecording } from '@/modules/telephony/service';

/** The sound of a call, for members. */
export const GET = route({ access: 'member', params: callParams }, async ({ ctx, params, request }) =>
  getRecording(ctx, params.id, request.headers.get('range')),
);
