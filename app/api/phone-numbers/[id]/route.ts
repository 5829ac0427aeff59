import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { numberParams, updateNumberSchema } from '@/modules/phone-numbers/schema';
import { updatePhoneNumber } from '@/modules/phone-numbers/service';

export const PATCH = route(
  { access: 'admin', params: numberParams, body: updateNumberSchema },
  async ({ ctx, params, body }) => ok(await updatePhoneNumber(ctx, params.id, body)),
);

/** Puts a number away; what it sent and took stays. `PATCH { archived: false }` brings it back. */
export const DELETE = route({ access: 'admin', params: numberParams }, async ({ ctx, params }) =>
  ok(await updatePhoneNumber(ctx, params.id, { archived: true })),
);
