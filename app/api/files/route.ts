import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listFiles } from '@/modules/files/queries';
import { listFilesQuery, registerFileSchema } from '@/modules/files/schema';
import { registerFile } from '@/modules/files/service';

/** The files of a subject: `{ rows }`. */
export const GET = route({ access: 'query', query: listFilesQuery }, async ({ ctx, query }) =>
  ok(await listFiles(ctx.supabase, ctx.workspaceId, query)),
);

/** Takes in an upload that has arrived. */
export const POST = route({ access: 'member', body: registerFileSchema }, async ({ ctx, body }) =>
  created(await registerFile(ctx, body.id)),
);
