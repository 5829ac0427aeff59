import { created, noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { addContactSchema, contactQuery, updateContactSchema } from '@/modules/owners/schema';
import { addContact, removeContact, updateContact } from '@/modules/owners/service';
import { idParams } from '@/modules/records/schema';

/** Adds somebody who speaks for the owner: `{ id, person_id, found }`. */
export const POST = route(
  { access: 'member', params: idParams, body: addContactSchema },
  async ({ ctx, params, body }) => created(await addContact(ctx, params.id, body)),
);

/** Changes role, preferred channel or notes of a contact. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateContactSchema },
  async ({ ctx, params, body }) => {
    await updateContact(ctx, params.id, body);
    return noContent();
  },
);

/** Takes a contact from the owner: `?contact=<id>`. The person stays. */
export const DELETE = route(
  { access: 'member', params: idParams, query: contactQuery },
  async ({ ctx, params, query }) => {
    await removeContact(ctx, params.id, query.contact);
    return noContent();
  },
);
