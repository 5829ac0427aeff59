import { z } from 'zod';
import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { dismissSuggestion } from '@/modules/people/service';

const params = z.strictObject({ id: z.string(), suggestion: z.string() });

/** Says that the two are not one person. */
export const DELETE = route({ access: 'member', params }, async ({ ctx, params }) => {
  await dismissSuggestion(ctx, params.id, params.suggestion);
  return noContent();
});
