import { Readable } from 'node:stream';
import { route } from '@/lib/http/route';
import { exportCallHistory } from '@/modules/calling/history-queries';
import { historyFilterSchema } from '@/modules/calling/history-schema';

/** The calls as narrowed, as a CSV file. */
export const GET = route(
  { access: 'member', feature: 'calls_export', query: historyFilterSchema },
  async ({ ctx, query }) => {
    const name = `Calls ${new Date().toISOString().slice(0, 10)}.csv`;
    const rows = exportCallHistory(ctx.supabase, ctx.workspaceId, query);
    const pieces = Readable.from(rows).map((piece: string) => Buffer.from(piece));
    return new Response(Readable.toWeb(pieces) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  },
);
