import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listTemplates } from '@/modules/outreach/queries';
import { createTemplateSchema } from '@/modules/outreach/schema';
import { createTemplate } from '@/modules/outreach/service';

/** The workspace's templates in their order, archived ones too. */
export const GET = route({ access: 'member' }, async ({ ctx }) =>
  ok({ rows: await listTemplates(ctx.supabase, ctx.workspaceId) }),
);

/** A template of the workspace's own: `{ id }`. */
export const POST = route(
  { access: 'member', feature: 'outreach_templates', body: createTemplateSchema },
  async ({ ctx, body }) => created(await createTemplate(ctx, body)),
);
