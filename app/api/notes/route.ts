import { created } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { createNoteSchema } from '@/modules/activities/schema';
import { createNote } from '@/modules/activities/service';

/** A new note on a person, organization, property or owner. */
export const POST = route({ access: 'member', body: createNoteSchema }, async ({ ctx, body }) =>
  created(await createNote(ctx, body)),
);
