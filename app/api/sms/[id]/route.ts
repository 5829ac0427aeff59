import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { textParams } from '@/modules/texts/schema';
import { cancelText } from '@/modules/texts/service';

/** Takes a text that waits out of the queue: the text. */
export const DELETE = route({ access: 'member', params: textParams }, async ({ ctx, params }) =>
  ok(await cancelText(ctx, params.id)),
);
