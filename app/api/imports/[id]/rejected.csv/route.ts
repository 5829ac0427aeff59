import { route } from '@/lib/http/route';
import { importParamsSchema, rejectedRowsSchema } from '@/modules/imports/schema';
import { rejectedFile } from '@/modules/imports/service';

export const GET = route(
  { access: 'member', params: importParamsSchema, query: rejectedRowsSchema },
  async ({ ctx, params, query }) => {
    const { name, body } = await rejectedFile(ctx, params.id, query.include);
    return new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  },
);
