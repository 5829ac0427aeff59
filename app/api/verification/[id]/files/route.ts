import { created, noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listFiles } from '@/modules/files/queries';
import { cardFileQuery, registerCardFileSchema } from '@/modules/files/schema';
import { fileIdOf, registerFile, setFileDeleted } from '@/modules/files/service';
import { idParams } from '@/modules/records/schema';
import { requireId } from '@/modules/records/service';

/** The files of a card: `{ rows }`. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await listFiles(ctx.supabase, ctx.workspaceId, { subject: 'verification', id: requireId(params.id) })),
);

/** Takes in an upload that has arrived, by the path it was announced with. */
export const POST = route(
  { access: 'member', params: idParams, body: registerCardFileSchema },
  async ({ ctx, params, body }) => created(await registerFile(ctx, fileIdOf(ctx, body.path), params.id)),
);

/** Deletes a file of the card, by its path. */
export const DELETE = route(
  { access: 'member', params: idParams, query: cardFileQuery },
  async ({ ctx, params, query }) => {
    await setFileDeleted(ctx, fileIdOf(ctx, query.path), true, params.id);
    return noContent();
  },
);
