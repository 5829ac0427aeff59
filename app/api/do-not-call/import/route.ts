import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { importDoNotCallSchema } from '@/modules/do-not-call/schema';
import { importDoNotCall } from '@/modules/do-not-call/service';

export const maxDuration = 300;

/** A CSV file as the body, read while it comes: what became of each of its lines. */
export const POST = route(
  { access: 'member', query: importDoNotCallSchema },
  async ({ ctx, query, request }) =>
    ok(await importDoNotCall(ctx, request.body ?? new Blob([]).stream(), query)),
);
