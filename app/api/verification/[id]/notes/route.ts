import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { getVerification, listCardNotes } from '@/modules/verification/queries';
import { cardNoteSchema } from '@/modules/verification/schema';
import { createCardNote } from '@/modules/verification/service';

/** A card's notes, the newest first: `{ notes }`. */
export const GET = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  const [notes] = await Promise.all([
    listCardNotes(ctx.supabase, ctx.workspaceId, params.id),
    // no notes and no card are two things
    getVerification(ctx.supabase, ctx.workspaceId, params.id),
  ]);
  return ok({ notes });
});

/** A note on a card. It stands on the timelines of its property and owner too. */
export const POST = route(
  { access: 'member', params: idParams, body: cardNoteSchema },
  async ({ ctx, params, body }) => created(await createCardNote(ctx, params.id, body.body)),
);
