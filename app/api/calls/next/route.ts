import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { nextCallSchema } from '@/modules/calling/schema';
import { nextCall } from '@/modules/calling/service';

/** The next number, claimed for the caller; `{ none: true, opens_at }` where there is none. Its panel is read by itself. */
export const POST = route({ access: 'query', body: nextCallSchema }, async ({ ctx, body }) =>
  ok(await nextCall(ctx, body)),
);
