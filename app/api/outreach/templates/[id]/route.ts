import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { updateTemplateSchema } from '@/modules/outreach/schema';
import { updateTemplate } from '@/modules/outreach/service';
import { idParams } from '@/modules/records/schema';

/** Changes a template, or takes it out of the composer (`archived`). */
export const PATCH = route(
  { access: 'member', feature: 'outreach_templates', params: idParams, body: updateTemplateSchema },
  async ({ ctx, params, body }) => {
    await updateTemplate(ctx, params.id, body);
    return noContent();
  },
);
