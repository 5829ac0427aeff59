import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { updateNoteSchema } from '@/modules/activities/schema';
import { deleteNote, updateNote } from '@/modules/activities/service';
import { idParams } from '@/modules/records/schema';

/** Changes the text of one's own note. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateNoteSchema },
  async ({ ctx, params, body }) => ok(await updateNote(ctx, params.id, body)),
);

/** Deletes a note. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await deleteNote(ctx, params.id);
  return noContent();
});
