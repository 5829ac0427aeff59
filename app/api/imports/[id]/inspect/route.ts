import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { importParamsSchema, inspectImportSchema } from '@/modules/imports/schema';
import { inspectImport } from '@/modules/imports/service';

export const POST = route(
  { access: 'member', params: importParamsSchema, body: inspectImportSchema },
  async ({ ctx, params, body }) => ok(await inspectImport(ctx, params.id, body.preset)),
);
