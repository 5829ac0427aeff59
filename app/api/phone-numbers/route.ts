import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { addNumberSchema, listNumbersQuery } from '@/modules/phone-numbers/schema';
import { addPhoneNumber, listAvailable, listPhoneNumbers } from '@/modules/phone-numbers/service';

/** Our own numbers; with `available=1`, which an admin asks for, those of the account that could be added. */
export const GET = route({ access: 'member', query: listNumbersQuery }, async ({ ctx, query }) =>
  ok(query.available ? await listAvailable(ctx) : await listPhoneNumbers(ctx)),
);

export const POST = route(
  { access: 'admin', isMachine: true, body: addNumberSchema },
  async ({ ctx, body }) => created(await addPhoneNumber(ctx, body)),
);
