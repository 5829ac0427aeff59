import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { importParamsSchema, saveMappingSchema } from '@/modules/imports/schema';
import { saveMapping } from '@/modules/imports/service';

export const PUT = route(
  { access: 'member', params: importParamsSchema, body: saveMappingSchema },
  async ({ ctx, params, body }) => {
    await saveMapping(ctx, params.id, body);
    return noContent();
  },
);
