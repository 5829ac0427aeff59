import { Readable } from 'node:stream';
import { route } from '@/lib/http/route';
import { exportDoNotCall } from '@/modules/do-not-call/service';

/** The whole list as a CSV file. */
export const GET = route({ access: 'member' }, async ({ ctx }) => {
  const name = `Do not call ${new Date().toISOString().slice(0, 10)}.csv`;
  const pieces = Readable.from(exportDoNotCall(ctx)).map((piece: string) => Buffer.from(piece));
  return new Response(Readable.toWeb(pieces) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
