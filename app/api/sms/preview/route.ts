import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { previewTextSchema } from '@/modules/texts/schema';
import { previewText } from '@/modules/texts/service';

/** How a wording would read, what it takes and what the gate says of it. */
export const POST = route({ access: 'member', body: previewTextSchema }, async ({ ctx, body }) =>
  ok(await previewText(ctx, body)),
);
