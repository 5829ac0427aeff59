import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listImportRows } from '@/modules/imports/queries';
import { importParamsSchema, listRowsSchema } from '@/modules/imports/schema';

export const GET = route(
  { access: 'member', params: importParamsSchema, query: listRowsSchema },
  async ({ ctx, params, query }) => ok(await listImportRows(ctx.supabase, ctx.workspaceId, params.id, query)),
);
