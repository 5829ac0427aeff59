import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listImports } from '@/modules/imports/queries';
import { createImportSchema, listImportsSchema } from '@/modules/imports/schema';
import { createImport } from '@/modules/imports/service';

export const GET = route({ access: 'member', query: listImportsSchema }, async ({ ctx, query }) =>
  ok(await listImports(ctx.supabase, ctx.workspaceId, query)),
);

export const POST = route({ access: 'member', body: createImportSchema }, async ({ ctx, body }) =>
  created(await createImport(ctx, body)),
);
