import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { readAllSchema } from '@/modules/notifications/schema';
import { readAll } from '@/modules/notifications/service';

/** Marks all as read: `{ marked }`. */
export const POST = route({ access: 'query', body: readAllSchema }, async ({ ctx, body }) =>
  ok(await readAll(ctx, body.until)),
);
